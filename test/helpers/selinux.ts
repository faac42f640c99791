/** SELinux's programs where the kernel has none: what they say and return as libselinux and policycoreutils have it. */

/** By path below /usr. A boolean's file has its value now and the one to come; the policy's own is in /etc. */
export const selinuxPrograms: Readonly<Record<string, string>> = {
  "sbin/selinuxenabled": "#!/bin/sh\n[ -d /sys/fs/selinux ]\n",
  "sbin/getsebool": `#!/bin/sh
[ -d /sys/fs/selinux ] || { echo "getsebool:  SELinux is disabled" >&2; exit 1; }
[ -e "/sys/fs/selinux/booleans/$1" ] || { echo "Error getting active value for $1" >&2; exit 255; }
case $(cat "/sys/fs/selinux/booleans/$1") in 1*) echo "$1 --> on" ;; *) echo "$1 --> off" ;; esac
`,
  "sbin/setsebool": `#!/bin/sh
[ -d /sys/fs/selinux ] || { echo "setsebool:  SELinux is disabled." >&2; exit 1; }
[ "$1" = -P ] && [ -e "/sys/fs/selinux/booleans/$2" ] || exit 255
printf '%s %s' "$3" "$3" >"/sys/fs/selinux/booleans/$2"
echo "$2=$3" >/etc/selinux/booleans.local
`,
};

/** Commands that load the policy, as at boot; keepalived may connect to few ports by it. */
export const loadPolicy = `mkdir -p /sys/fs/selinux/booleans /etc/selinux
[ -e /etc/selinux/booleans.local ] || echo keepalived_connect_any=0 >/etc/selinux/booleans.local
printf 1 >/sys/fs/selinux/enforce
value=$(sed 's/.*=//' /etc/selinux/booleans.local)
printf '%s %s' "$value" "$value" >/sys/fs/selinux/booleans/keepalived_connect_any`;
