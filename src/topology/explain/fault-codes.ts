/** What is wrong with a text or with its shape before any rule looks at it: codes of the loader and the schema. */

import type { Explained } from "./explanation.ts";

/** Every code below LVS100, so that one without an explanation does not type-check. */
export const faultCodes = {
  LVS001: {
    name: "the text is JSON or YAML",
    severity: "error",
    explain: {
      what: `
        The text of the topology is empty, too large, not text, or breaks the rules of its language, at the place that
        is told. JSON is told from YAML by the file's name, or else by its first character.`,
      why: `
        Nothing after that place can be relied on, so that nothing else of the topology has been looked at: once this
        is mended, further errors may appear. Texts that would take unreasonably long to read, by nesting or by
        aliases, are refused as well.`,
      fix: `
        Mend the place: mostly it is a comma, a quote or a bracket that is missing or too many, in YAML the
        indentation or a tab. JSON knows no comments; YAML does. 'lvsgen init' writes a topology to begin with.`,
      wrong: `
        directors: { hosts: [pi1 }`,
      right: `
        directors: { hosts: [pi1] }`,
    },
  },
  LVS002: {
    name: "every key stands once in its object",
    severity: "error",
    explain: {
      what: `
        One key has two values in the same object.`,
      why: `
        JSON and YAML readers differ in what they make of it: most take the last value, some the first, some refuse.
        What one tool deploys, another one would not, and the person who reads the first line is misled either way.`,
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
    name: "every key is one that the schema knows",
    severity: "error",
    explain: {
      what: `
        There is a key that has no meaning at its place.`,
      why: `
        A mistyped key is a setting that is not made: with "wieght" for "weight" every server would get the same
        share, and nothing would look wrong. So unknown keys are never ignored.`,
      fix: `
        Take what the hint suggests, or one of the keys it lists. A key that is right elsewhere stands at the wrong
        level: look at the indentation.`,
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
    name: "every key that is needed is there",
    severity: "error",
    explain: {
      what: `
        An object lacks a key that it cannot do without.`,
      why: `
        lvsgen guesses no addresses, names or hosts; what has a sensible default is never asked for. A service without
        a VIP is one that no client can reach.`,
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
          pi1: { interfaces: { eth0: 192.168.1.114/24 } }
          "pi[2:3]": { interfaces: { eth0: "192.168.1.[107:109]/24" } }`,
      right: `
        hosts:
          pi1: { interfaces: { eth0: 192.168.1.114/24 } }
          "pi[2:3]": { interfaces: { eth0: "192.168.1.[107:108]/24" } }`,
    },
  },
  LVS012: {
    name: "every value is of the type that its key has",
    severity: "error",
    explain: {
      what: `
        A value is, say, a text where a number belongs, or one value where there should be a list.`,
      why: `
        Quotes make the difference in JSON and YAML: "80" is a text, 80 a number. Programs that convert by themselves
        surprise with the rest: YAML 1.1 reads 22:22 as 1342 and no as false. lvsgen converts nothing.`,
      fix: `
        Take the quotes off numbers, true and false, put them around texts that look like one, and put even a single
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
    name: "every value is one that its key allows",
    severity: "error",
    explain: {
      what: `
        A value is of the right type, but out of range, not of the form, or not among the choices of its key.`,
      why: `
        A value that only looks right goes far: keepalived turns a scheduler that it does not know into wlc without a
        word, ip takes 192.168.1.200 without a prefix length as /32, and a name with a blank or a quote ends up in
        shell scripts. What the schema refuses never gets there.`,
      fix: `
        Take a value of the range, form or list in the hint. The schema (schemas/topology.schema.json) has a
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
