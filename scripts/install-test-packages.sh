#!/bin/sh
# Installs the Debian packages that the tests run: kernels with IPVS (User-Mode Linux, Debian's own for QEMU), shells,
# linters and others.
# Does nothing if all are installed. Without root or sudo, it says what to install.
set -eu

# PROGRAM:PACKAGE
needed='
linux.uml:user-mode-linux
ipvsadm:ipvsadm
keepalived:keepalived
bird:bird2
nginx:nginx-light
haproxy:haproxy
ip:iproute2
modprobe:kmod
arping:iputils-arping
tcpdump:tcpdump
socat:socat
iptables-legacy:iptables
nft:nftables
sysctl:procps
dash:dash
busybox:busybox
qemu-system-x86_64:qemu-system-x86
xz:xz-utils
zstd:zstd
yash:yash
shellcheck:shellcheck
shfmt:shfmt
mkfs.vfat:dosfstools
systemd-analyze:systemd
debootstrap:debootstrap
setpriv:util-linux
taskset:util-linux
strace:strace
ansible-playbook:ansible-core
ansible-lint:ansible-lint
yamllint:yamllint
ssh:openssh-client
openssl:openssl
curl:curl
dpkg-deb:dpkg
gpg:gpg
gpg-agent:gpg-agent
gpgconf:gpgconf
dnf:dnf
rpmbuild:rpm
createrepo_c:createrepo-c
pre-commit:pre-commit
git:git
dot:graphviz
rsvg-convert:librsvg2-bin
mandoc:mandoc
python3:python3
cc:gcc
bash:bash
chromium:chromium
zsh:zsh
'

PATH=$PATH:/usr/sbin:/sbin
missing=''
for pair in $needed; do
  command -v "${pair%%:*}" >/dev/null 2>&1 || missing="$missing ${pair#*:}"
done
# QEMU boots it; the machine may run another one.
set -- /boot/vmlinuz-*-amd64
[ -e "$1" ] || missing="$missing linux-image-amd64"
[ -n "$missing" ] || exit 0

sudo=''
if [ "$(id -u)" != 0 ]; then
  if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    sudo=sudo
  else
    echo "The tests need Debian packages. As root: apt-get install --no-install-recommends$missing" >&2
    exit 1
  fi
fi
command -v apt-get >/dev/null 2>&1 || {
  echo "The tests need Debian or a derivative, with these packages:$missing" >&2
  exit 1
}
echo "Installing for the tests:$missing" >&2
$sudo apt-get -q update
# shellcheck disable=SC2086 # one word per package
# A kernel that only QEMU boots needs no file system of its own to begin with.
$sudo env INITRD=No DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install $missing
