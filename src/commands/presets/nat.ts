/** One director and two servers by NAT. */
export const nat = `# yaml-language-server: $schema=./node_modules/lvsgen/schemas/topology.schema.json
#
# A cluster in NAT mode: the director stands between clients and real servers, and rewrites addresses both ways. Real
# servers may be anything that speaks IP, and may have other ports; all answers go through the director.
version: 1
name: my-cluster

# Settings of all hosts; a host's own go before them.
defaults:
  os: debian-12 # centos-7, debian-11, raspbian-12, ...: gives kernel, init system and package manager
  ssh:
    user: root

# Your machines, each with its own addresses: interface: address/prefix length. The director is in both networks.
hosts:
  director:
    interfaces:
      eth0: 192.168.1.10/24
      eth1: 10.0.0.1/24
  web1:
    interfaces:
      eth0: 10.0.0.11/24
  web2:
    interfaces:
      eth0: 10.0.0.12/24

# Who balances.
directors:
  hosts: [director]

# What clients connect to. The VIP belongs to no host, and is in a subnet of the director's.
virtualServices:
  - name: web
    vip: 192.168.1.100
    port: 80
    protocol: tcp
    scheduler: wrr # rr takes turns; wrr does so by weight; wlc prefers who has fewest connections
    forwarding: nat
    nat:
      returnPath: source-rule # or default-gateway: all of a server's traffic; or masquerade: for servers of others
    realServers:
      - host: web1
        port: 8080 # where the server listens; the service's port where left out
        weight: 1
      - host: web2
        port: 8080
        weight: 1 # 0 drains it: old connections finish, new ones go elsewhere
`;
