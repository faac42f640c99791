/** Two directors with keepalived, and two servers by direct routing. */
export const highAvailability = `# yaml-language-server: $schema=./node_modules/lvsgen/schemas/topology.schema.json
#
# Two directors with keepalived: one of them has the VIP, the other takes it within seconds when the first is lost, and
# knows its open connections. Servers that fail their check get no requests until they answer again.
version: 1
name: my-cluster

# Settings of all hosts; a host's own go before them.
defaults:
  os: debian-12 # centos-7, debian-11, raspbian-12, ...: gives kernel, init system and package manager
  ssh:
    user: root

# Your machines, each with its own addresses: interface: address/prefix length.
hosts:
  director1:
    interfaces:
      eth0: 192.168.1.10/24
  director2:
    interfaces:
      eth0: 192.168.1.20/24
  web1:
    interfaces:
      eth0: 192.168.1.11/24
  web2:
    interfaces:
      eth0: 192.168.1.12/24

# Who balances; the first is the master while it lives.
directors:
  hosts: [director1, director2]
  engine: keepalived
  vrrp:
    virtualRouterId: 51 # one that nobody else in the network has
  connectionSync:
    interface: eth0 # open connections survive when the other takes over

# What clients connect to. The VIP belongs to no host, and is in the directors' subnet.
virtualServices:
  - name: web
    vip: 192.168.1.100
    port: 80
    protocol: tcp
    scheduler: wlc # prefers who has fewest connections; rr takes turns, wrr does so by weight
    forwarding: dr
    healthCheck:
      type: http # or tcp, https, dns, smtp, ...
      path: /
      interval: 3
    realServers:
      - host: web1
        weight: 1
      - host: web2
        weight: 1 # 0 drains it: old connections finish, new ones go elsewhere
`;
