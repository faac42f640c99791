/** Faults of the text and of its shape, before any rule runs: codes of the loader and the schema. */

import type { Explained } from "./explanation.ts";

/** Every code below LVS100, so that one without an explanation does not type-check. */
export const faultCodes = {
  LVS001: {
    name: "text that is not valid JSON or YAML",
    severity: "error",
    explain: {
      what: `
        The text of the topology is empty, too large, not text, or not valid JSON or YAML at the place of the error. The
        file's name decides between JSON and YAML, or else the first character.`,
      why: `
        lvsgen cannot read the rest of the topology: once this is fixed, further errors may appear. It also refuses
        texts that would take too long to read, because of nesting or aliases.`,
      fix: `
        Correct the place: mostly it is a missing or extra comma, quote or bracket, in YAML the indentation, a tab, or a
        missing blank after a colon. JSON has no comments; YAML has. 'lvsgen init' writes a topology to begin with.`,
      wrong: `
        directors: { hosts: [pi1 }`,
      right: `
        directors: { hosts: [pi1] }`,
    },
  },
  LVS002: {
    name: "duplicate key",
    severity: "error",
    explain: {
      what: `
        One key has two values in the same object.`,
      why: `
        JSON and YAML readers differ: most take the last value, some the first, some refuse the text. Two tools may
        deploy different values, and the reader of the first line is misled.`,
      fix: `
        Keep one of the two.`,
      wrong: `
        virtualServices:
          - name: web
            port: 80
            port: 8080`,
      right: `
        virtualServices:
          - name: web
            port: 8080`,
    },
  },
  LVS010: {
    name: "unknown key",
    severity: "error",
    explain: {
      what: `
        The schema has no such key at this place.`,
      why: `
        A mistyped key has no effect: with "wieght" for "weight" every server would get the same share, and nothing
        would look wrong. So lvsgen never ignores unknown keys.`,
      fix: `
        Use the key that the hint suggests, or one of those it lists. A key that is right elsewhere is at the wrong
        level: check the indentation.`,
      wrong: `
        virtualServices:
          - name: web
            realServers:
              - { host: pi2, wieght: 3 }
              - { host: pi3 }`,
      right: `
        virtualServices:
          - name: web
            scheduler: wrr
            realServers:
              - { host: pi2, weight: 3 }
              - { host: pi3 }`,
    },
  },
  LVS011: {
    name: "missing key",
    severity: "error",
    explain: {
      what: `
        An object lacks a required key.`,
      why: `
        lvsgen does not guess addresses, names or hosts; every key with a sensible default is optional. No client can
        reach a service without a VIP.`,
      fix: `
        Add the key; the hint shows an example of its value.`,
      wrong: `
        virtualServices:
          - { name: tls, port: 443, realServers: [{ host: pi2 }] }`,
      right: `
        virtualServices:
          - { name: tls, vip: 192.168.1.200, port: 443, realServers: [{ host: pi2 }] }`,
    },
  },
  LVS014: {
    name: "bad range",
    severity: "error",
    explain: {
      what: `
        A range of hosts, addresses or ports does not make one thing for each of its items: it is malformed, its length
        is not that of the range beside it, it repeats a host, or its addresses leave their subnet.`,
      why: `
        lvsgen writes ranges out before it looks at the cluster. A host without an address, or two hosts with one name,
        would be a guess about your network.`,
      fix: `
        Write ranges as Ansible does: "web[01:40]" with "10.0.0.[11:50]/24" is forty hosts with forty addresses. A first
        number with a leading zero gives all of them its width.`,
      wrong: `
        hosts:
          "pi[4:5]": { interfaces: { eth0: "192.168.1.[115:117]/24" } }
        virtualServices:
          - name: web
            realServers: ["pi[2:5]"]`,
      right: `
        hosts:
          "pi[4:5]": { interfaces: { eth0: "192.168.1.[115:116]/24" } }
        virtualServices:
          - name: web
            realServers: ["pi[2:5]"]`,
    },
  },
  LVS012: {
    name: "value of the wrong type",
    severity: "error",
    explain: {
      what: `
        A value is, for example, a string instead of a number, or one value instead of a list.`,
      why: `
        Quotes make the difference in JSON and YAML: "80" is a string, 80 a number. Automatic conversion surprises: YAML
        1.1 reads 22:22 as 1342 and no as false. lvsgen converts nothing.`,
      fix: `
        Remove the quotes from numbers, true and false, add them to strings that look like one, and put even a single
        entry of a list in brackets.`,
      wrong: `
        virtualServices:
          - name: web
            port: "80"`,
      right: `
        virtualServices:
          - name: web
            port: 80`,
    },
  },
  LVS013: {
    name: "value that its key does not allow",
    severity: "error",
    explain: {
      what: `
        A value has the right type, but is out of range, malformed, or not one of the choices of its key.`,
      why: `
        Other programs accept a value that only looks right: keepalived silently replaces an unknown scheduler with wlc,
        ip takes 192.168.1.200 without a prefix length as /32, and a name with a blank or a quote ends up in shell
        scripts. What the schema refuses never gets there.`,
      fix: `
        Use a value of the range, form or list in the hint. The schema (schemas/topology.schema.json) has a
        description and an example for every key, and editors show them.`,
      wrong: `
        virtualServices:
          - name: web
            scheduler: round-robin`,
      right: `
        virtualServices:
          - name: web
            scheduler: rr`,
    },
  },
} as const satisfies Readonly<Record<`LVS0${number}`, Omit<Explained, "code">>>;

export type FaultCode = keyof typeof faultCodes;
