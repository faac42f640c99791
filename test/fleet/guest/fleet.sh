#!/bin/sh
# The fleet inside its User-Mode Linux kernel: builds the network, boots the hosts, then does what it is asked for.
#
#   fleet.sh FOLDER TREE
#
#   FOLDER/hosts       a name each line
#   FOLDER/network     lines for ip -batch: bridges, with the controller's addresses
#   FOLDER/network.HOST, network.HOST.inside
#                      the host's cables, and in its namespace its interfaces and addresses
#   FOLDER/seed/HOST   files that the host has beside the tree's
#   FOLDER/controller  the controller's ~/.ssh
#   FOLDER/door        ID.sh is run when "ID HOST" comes by the serial line ("-": at the controller); ID.out, ID.err
set -u

FOLDER=$1
# The machine's own files, without the overlay that keeps what is written here from them.
MACHINE=/mnt/machine
TREE=$MACHINE$2
SCRIPTS=$FOLDER/guest
export FOLDER TREE SCRIPTS
# Held open: what comes in while nobody has the line open is lost.
exec 3<>/dev/ttyS0

say() { printf '%s\n' "$*" >&3; }

die() {
  say "! $*"
  exit 1
}

prepare() {
  mount --bind "$MACHINE$FOLDER" "$FOLDER" || die "no $FOLDER"
  mount -t cgroup2 cgroup2 /sys/fs/cgroup || die "no cgroups"
  modprobe -a xt_mark xt_multiport nft_chain_nat 2>/dev/null
  mkdir -p /run/fleet /root/.ssh
  mount -t tmpfs -o mode=700 tmpfs /root/.ssh
  { cp "$FOLDER"/controller/* /root/.ssh/ && chmod 600 /root/.ssh/*; } || die "no keys"
  ip link set dev lo up
}

build_network() {
  ip -batch "$FOLDER/network" >/run/fleet/network.log 2>&1 || die "network: $(cat /run/fleet/network.log)"
}

boot_all() {
  while read -r host; do
    { sh "$SCRIPTS/plug-in.sh" "$host" && sh "$SCRIPTS/boot.sh" "$host"; } >"/run/fleet/$host.log" 2>&1 </dev/null ||
      die "$host does not boot: $(cat "/run/fleet/$host.log")"
  done <"$FOLDER/hosts"
  while read -r host; do
    sh "$SCRIPTS/await.sh" "$host" || die "$host did not come up: $(cat "/run/fleet/$host.log")"
  done <"$FOLDER/hosts"
}

# serve ID HOST: one request; its exit status goes back by the line
serve() {
  local status=0 command
  command=$(cat "$FOLDER/door/$1.sh")
  if [ "$2" = - ]; then
    setsid sh -c "$command" >"$FOLDER/door/$1.out" 2>"$FOLDER/door/$1.err" </dev/null || status=$?
  else
    sh "$SCRIPTS/enter.sh" "$2" "$command" >"$FOLDER/door/$1.out" 2>"$FOLDER/door/$1.err" </dev/null || status=$?
  fi
  say "$1 $status"
}

prepare
build_network
boot_all
say "up"
while read -r id host; do
  [ "$id" != halt ] || break
  serve "$id" "$host" </dev/null &
done <&3
