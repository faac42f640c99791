export const nat = `# yaml-language-server: $schema=./lvsgen.schema.json
#
# A cluster in NAT mode: the director is between the clients' network and an inner one, rewrites the addresses of
# requests and restores them in answers. Real servers may listen on other ports than the service.
version: 1
name: my-cluster

# Settings of all hosts; a host's own settings override them.
defaults:
  os: debian-12 # centos-7, debian-11, raspbian-12, ...: decides kernel, init system and package manager
  ssh:
    user: root

# The director has an address in both networks; the first one is what ssh uses.
hosts:
  director:
    interfaces:
      eth0: 203.0.113.10/24
      eth1: 10.0.0.1/24
  web1:
    interfaces:
      eth0: 10.0.0.11/24
  web2:
    interfaces:
      eth0: 10.0.0.12/24

# The host that balances.
directors:
  hosts: [director]

# What clients connect to. The VIP belongs to no host, and is in the outer network.
virtualServices:
  - name: web
    vip: 203.0.113.100
    port: 80
    protocol: tcp
    scheduler: wrr # rr takes turns; wrr does so by weight; wlc prefers the server with the fewest connections
    forwarding: nat
    nat:
      returnPath: source-rule # answers go back through the director; also: default-gateway, masquerade
    realServers:
      - host: web1
        port: 8080
        weight: 1
      - host: web2
        port: 8080
        weight: 1 # 0 drains it: old connections finish, new ones go elsewhere
`;
