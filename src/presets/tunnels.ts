export const tunnels = `# yaml-language-server: $schema=./lvsgen.schema.json
#
# A cluster with tunnels: the director wraps requests and sends them to real servers in any network, which unwrap
# them and answer the clients directly.
version: 1
name: my-cluster

# Settings of all hosts; a host's own settings override them.
defaults:
  os: debian-12 # centos-7, debian-11, raspbian-12, ...: decides kernel, init system and package manager
  ssh:
    user: root

# Your machines, wherever they are: each with its own addresses and its gateway.
hosts:
  director:
    interfaces:
      eth0: 192.168.1.10/24
    gateway: 192.168.1.1
  web1:
    interfaces:
      eth0: 192.168.1.11/24
    gateway: 192.168.1.1
  web2:
    interfaces:
      eth0: 10.20.0.12/24
    gateway: 10.20.0.1

# The host that balances.
directors:
  hosts: [director]

# What clients connect to. The VIP belongs to no host, and is in the director's subnet.
virtualServices:
  - name: web
    vip: 192.168.1.100
    port: 80
    protocol: tcp
    scheduler: wlc # prefers the server with the fewest connections; rr takes turns; wrr does so by weight
    forwarding: tun
    realServers:
      - host: web1
        weight: 1
        tunnel:
          type: ipip # also gue (by UDP, where routers drop ipip) and gre
      - host: web2
        weight: 1 # 0 drains it: old connections finish, new ones go elsewhere
`;
