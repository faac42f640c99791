/** The topology that every example of an explanation stands over. */

/**
 * An example shows only what matters, and takes the place of the same parts here: its hosts go by their name, its
 * virtual services and their keys too, every other key as a whole. What is not here yet is added.
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
