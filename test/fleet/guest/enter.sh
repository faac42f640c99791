#!/bin/sh
# enter.sh HOST COMMAND: runs shell text on a host as root, beside its PID 1; the pid file is empty for one that is down.
set -eu

read -r init <"/run/fleet/$1.pid" || {
  echo "$1 is down" >&2
  exit 1
}
exec nsenter --target "$init" --mount --uts --ipc --net --pid --cgroup --root \
  env -i -C / PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C sh -c "$2"
