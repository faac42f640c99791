#!/bin/sh
# boot.sh HOST: a container of the tree with systemd as PID 1, in the host's own network namespace.
# What the host writes goes to a file system of its own in memory, which can be full without anybody else noticing.
set -eu

host=$1
base=/run/fleet/$host
root=$base/root

if [ ! -d "$base" ]; then
  mkdir -p "$base"
  mount -t tmpfs -o "size=48m,mode=755" tmpfs "$base"
  mkdir "$base/upper" "$base/work" "$root"
  cp -a "$FOLDER/seed/$host/." "$base/upper"
  mount -t overlay -o "lowerdir=$TREE,upperdir=$base/upper,workdir=$base/work" overlay "$root"
  # Installed and not in use, until somebody enables them.
  for service in nginx apache2 apache-htcacheclean keepalived ipvsadm; do
    rm -f "$root/etc/systemd/system/multi-user.target.wants/$service.service"
    # As `update-rc.d disable` does: without any link of the start levels, `enable` fails.
    for link in "$root"/etc/rc[2-5].d/S??"$service"; do
      [ ! -h "$link" ] || mv "$link" "${link%/S*}/K${link##*/S}"
    done
  done
fi

cgroup=/sys/fs/cgroup/$host
mkdir -p "$cgroup"

# The cgroup namespace begins at the host's own group, so that group is joined first.
(
  read -r self _ </proc/self/stat
  echo "$self" >"$cgroup/cgroup.procs"
  exec setsid ip netns exec "$host" unshare --mount --propagation private --uts --ipc --cgroup --pid --fork \
    sh "$SCRIPTS/container.sh" "$host" "$root"
) &
keeper=$!

# Its only child is the host's PID 1.
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  read -r init _ <"/proc/$keeper/task/$keeper/children" && [ -n "$init" ] && break
  sleep 0.1
done
echo "$init" >"/run/fleet/$host.pid"
