export const floatingAddress = `# yaml-language-server: $schema=./lvsgen.schema.json
#
# Two machines that run nginx share one address: keepalived moves it to the other machine when nginx, or the machine
# that has the address, fails.
version: 1
name: my-cluster

# Settings of all hosts; a host's own settings override them.
defaults:
  os: debian-12 # centos-7, debian-11, raspbian-12, ...: decides kernel, init system and package manager
  ssh:
    user: root

# Your machines, each with its own addresses: interface: address/prefix length.
hosts:
  web1:
    interfaces:
      eth0: 192.168.1.21/24
  web2:
    interfaces:
      eth0: 192.168.1.22/24

# The address belongs to no host, and is in their subnet.
floatingAddresses:
  - name: web
    address: 192.168.1.100/24
    hosts: [web1, web2] # in the order of priority
    virtualRouterId: 51 # no other VRRP on this network may have it
    preempt: false # a machine that comes back does not take the address over: that would cut connections
    track: # while one of these fails, a machine gives the address up
      - { type: process, name: nginx }
      - { type: http, port: 80, path: /, status: 200-399 }
`;
