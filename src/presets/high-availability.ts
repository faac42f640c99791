export const highAvailability = `# yaml-language-server: $schema=./lvsgen.schema.json
#
# Two directors, one of which has the VIP: keepalived moves it to the other when that one fails. It also checks every
# real server, and removes those that do not answer.
version: 1
name: my-cluster

# Settings of all hosts; a host's own settings override them.
defaults:
  os: debian-12 # centos-7, debian-11, raspbian-12, ...: decides kernel, init system and package manager
  ssh:
    user: root

# Your machines, each with its own addresses: interface: address/prefix length.
hosts:
  director1:
    interfaces:
      eth0: 192.168.1.10/24
  director2:
    interfaces:
      eth0: 192.168.1.11/24
  web1:
    interfaces:
      eth0: 192.168.1.21/24
  web2:
    interfaces:
      eth0: 192.168.1.22/24

# The hosts that balance, in the order of priority.
directors:
  hosts: [director1, director2]
  engine: keepalived
  vrrp:
    virtualRouterId: 51 # no other VRRP on this network may have it
  connectionSync: # open connections survive when the other director takes over
    interface: eth0

# What clients connect to. The VIP belongs to no host, and is in the directors' subnet.
virtualServices:
  - name: web
    vip: 192.168.1.100
    port: 80
    protocol: tcp
    scheduler: wlc # prefers the server with the fewest connections; rr takes turns; wrr does so by weight
    forwarding: dr
    healthCheck:
      type: http
      path: /
      interval: 3 # seconds
    realServers:
      - host: web1
        weight: 1
      - host: web2
        weight: 1 # 0 drains it: old connections finish, new ones go elsewhere
`;
