#!/bin/sh
# container.sh HOST ROOT: becomes PID 1 of a host. Its file systems are what systemd expects of a container manager,
# https://systemd.io/CONTAINER_INTERFACE/, but for the capabilities: a host of a fleet has them all.
set -eu

host=$1
root=$2
modules=/usr/lib/modules/$(uname -r)

hostname "$host"
mount -t proc proc "$root/proc"
mount -t sysfs sysfs "$root/sys"
mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
mount -t tmpfs -o mode=755 tmpfs "$root/run"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
mkdir "$root/dev/pts" "$root/dev/shm" "$root/run/lock"
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$root/dev/pts"
mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
for device in null zero full random urandom tty; do
  : >"$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
ln -s fd/0 "$root/dev/stdin"
ln -s fd/1 "$root/dev/stdout"
ln -s fd/2 "$root/dev/stderr"
mkdir -p "$root$modules"
mount --bind "$modules" "$root$modules"

cd "$root"
pivot_root . mnt
umount -l mnt
exec env -i container=lvsgen-fleet PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
  chroot . /sbin/init </dev/null >/dev/null 2>&1
