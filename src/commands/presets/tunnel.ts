/** One director and two servers at other sites by tunnels. */
export const tunnel = `# yaml-language-server: $schema=./node_modules/lvsgen/schemas/topology.schema.json
#
# A cluster in tunnel mode: the director wraps each request and sends it to a real server, which may be at another
# site; the server unwraps it and answers the client itself.
version: 1
name: my-cluster

# Settings of all hosts; a host's own go before them.
defaults:
  os: debian-12 # centos-7, debian-11, raspbian-12, ...: gives kernel, init system and package manager
  ssh:
    user: root

# Your machines, each with its own addresses: interface: address/prefix length.
hosts:
  director:
    interfaces:
      eth0: 192.168.1.10/24
    gateway: 192.168.1.1
  web1:
    interfaces:
      eth0: 198.51.100.11/24
    gateway: 198.51.100.1
  web2:
    interfaces:
      eth0: 203.0.113.12/24
    gateway: 203.0.113.1

# Who balances.
directors:
  hosts: [director]

# What clients connect to. The VIP belongs to no host, and is in the director's subnet.
virtualServices:
  - name: web
    vip: 192.168.1.100
    port: 80
    protocol: tcp
    scheduler: wlc # prefers who has fewest connections; rr takes turns, wrr does so by weight
    forwarding: tun
    realServers:
      - host: web1
        weight: 1
      - host: web2
        weight: 1 # 0 drains it: old connections finish, new ones go elsewhere
`;
