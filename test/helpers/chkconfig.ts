/**
 * chkconfig of CentOS 6 and 7, as far as setup.sh and packages call it: a program in sh that says, returns and links
 * what versions 1.3.49.5 and 1.7.4 did when they were run.
 */
export const chkconfig = `#!/bin/sh
set -eu
# chkconfig --add NAME, --del NAME, NAME on, NAME off
case $1 in --*) verb=$1 name=$2 ;; *) name=$1 verb=$2 ;; esac
script=/etc/init.d/$name
[ -e "$script" ] || {
  echo "error reading information on service $name: No such file or directory" >&2
  exit 1
}
# chkconfig: LEVELS START STOP
read -r levels start stop <<EOF
$(sed -n 's/^# chkconfig: //p' "$script")
EOF
[ -n "$stop" ] || {
  echo "service $name does not support chkconfig" >&2
  exit 1
}
unlink_all() {
  rm -f /etc/rc[0-6].d/[SK][0-9][0-9]"$name"
}
link_all() { # LEVELS in which it starts
  unlink_all
  for level in 0 1 2 3 4 5 6; do
    mkdir -p "/etc/rc$level.d"
    case $1 in
      *"$level"*) ln -s "../init.d/$name" "/etc/rc$level.d/S$start$name" ;;
      *) ln -s "../init.d/$name" "/etc/rc$level.d/K$stop$name" ;;
    esac
  done
}
case $verb in
  --add) ls /etc/rc[0-6].d/[SK][0-9][0-9]"$name" >/dev/null 2>&1 || link_all "\${levels#-}" ;;
  --del) unlink_all ;;
  on) link_all 2345 ;;
  off) link_all '' ;;
  *) exit 2 ;;
esac
`;
