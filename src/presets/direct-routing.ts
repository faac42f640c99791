export const directRouting = `# yaml-language-server: $schema=./lvsgen.schema.json
#
# A cluster with direct routing: the director forwards requests by MAC address, and the real servers answer the
# clients directly. All of them are on one network segment.
version: 1
name: my-cluster

# Settings of all hosts; a host's own settings override them.
defaults:
  os: debian-12 # centos-7, debian-11, raspbian-12, ...: decides kernel, init system and package manager
  ssh:
    user: root

# Your machines, each with its own addresses: interface: address/prefix length.
hosts:
  director:
    interfaces:
      eth0: 192.168.1.10/24
  web1:
    interfaces:
      eth0: 192.168.1.11/24
  web2:
    interfaces:
      eth0: 192.168.1.12/24

# The host that balances.
directors:
  hosts: [director]

# What clients connect to. The VIP belongs to no host, and is in the director's subnet.
virtualServices:
  - name: web
    vip: 192.168.1.100
    port: 80
    protocol: tcp
    scheduler: wrr # rr takes turns; wrr does so by weight; wlc prefers the server with the fewest connections
    forwarding: dr
    realServers:
      - host: web1
        weight: 1
      - host: web2
        weight: 1 # 0 drains it: old connections finish, new ones go elsewhere
`;
