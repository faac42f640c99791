export const kubeApi = `# yaml-language-server: $schema=./lvsgen.schema.json
#
# Three control planes of Kubernetes share the address of the API: keepalived moves it to one whose API server is well.
version: 1
name: my-cluster

# Settings of all hosts; a host's own settings override them.
defaults:
  os: debian-12 # centos-7, debian-11, raspbian-12, ...: decides kernel, init system and package manager
  ssh:
    user: root

# Your control planes, each with its own addresses: interface: address/prefix length.
hosts:
  control1:
    interfaces:
      eth0: 192.168.1.21/24
  control2:
    interfaces:
      eth0: 192.168.1.22/24
  control3:
    interfaces:
      eth0: 192.168.1.23/24

# The controlPlaneEndpoint of kubeadm. The address belongs to no host, and is in their subnet.
floatingAddresses:
  - name: api
    address: 192.168.1.100/24
    hosts: [control1, control2, control3] # in the order of priority
    virtualRouterId: 51 # no other VRRP on this network may have it
    bindBeforehand: false # the API server listens at all addresses
    track: # while this fails, a control plane gives the address up
      - { type: tcp, port: 6443, interval: 3, fall: 3 }
`;
