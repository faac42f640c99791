/** The topology that the examples of explanations change. */

/**
 * An example shows only what matters, and replaces the same parts here: hosts and virtual services by their name and
 * key by key, every other key as a whole. What is not here yet is added, and what is
 * marked as left out is removed.
 */
export const exampleTopology = `\
version: 1
name: example
defaults: { os: debian-12 }
hosts:
  pi1: { interfaces: { eth0: 192.168.1.114/24 } }
  pi2: { interfaces: { eth0: 192.168.1.107/24 } }
  pi3: { interfaces: { eth0: 192.168.1.108/24 } }
directors: { hosts: [pi1] }
virtualServices:
  - name: web
    vip: 192.168.1.200
    port: 80
    scheduler: rr
    realServers:
      - { host: pi2 }
      - { host: pi3 }
`;
