/** Rules about what a topology has to have: virtual services with their directors, or floating addresses. */

import { say } from "../languages/say.ts";
import type { Rule } from "./rule.ts";

export const halfRules: readonly Rule[] = [
  {
    code: "LVS260",
    name: "neither virtual services nor floating addresses",
    severity: "error",
    explain: {
      what: `
        The topology has hosts, but neither "virtualServices" nor "floatingAddresses".`,
      why: `
        Hosts get scripts for what they balance, or for addresses that move between them. Without either of these there
        is nothing to set up.`,
      fix: `
        To spread connections over servers, add "virtualServices" and "directors". For an address that moves between
        hosts whose own nginx, haproxy or other program answers, add "floatingAddresses".`,
      wrong: `
        directors: # left out
        virtualServices: # left out`,
      right: `
        directors: # left out
        virtualServices: # left out
        floatingAddresses:
          - { name: web, address: 192.168.1.200/24, hosts: [pi1, pi2] }`,
    },
    check: ({ topology: { virtualServices, floatingAddresses }, intact }) => {
      if (virtualServices.length > 0 || floatingAddresses.length > 0) return [];
      if (!intact("/virtualServices") || !intact("/floatingAddresses")) return [];
      return [
        {
          pointer: "",
          message: say`the topology has neither "virtualServices" nor "floatingAddresses"`,
          hint: say`add "virtualServices" with "directors" to balance connections, or "floatingAddresses" for addresses that move`,
        },
      ];
    },
  },
  {
    code: "LVS261",
    name: "virtual services without directors, or directors without virtual services",
    severity: "error",
    explain: {
      what: `
        The topology has "virtualServices" without "directors", or "directors" without "virtualServices".`,
      why: `
        Directors balance the connections of virtual services: without the one, the other has no effect, and no client
        is answered.`,
      fix: `
        Add what is missing. For addresses that move between hosts without IPVS, use "floatingAddresses" alone.`,
      wrong: `
        directors: # left out`,
      right: `
        directors: { hosts: [pi1] }`,
    },
    check: ({ topology: { directors, virtualServices, floatingAddresses }, intact }) => {
      if (!intact("/virtualServices") || !intact("/directors")) return [];
      const directs = directors.hosts.length > 0;
      const balances = virtualServices.length > 0;
      if (directs === balances || (!balances && floatingAddresses.length === 0)) return [];
      return balances
        ? [
            {
              pointer: "/virtualServices",
              message: say`no host balances the virtual services`,
              hint: say`add "directors", for example { "hosts": ["pi1"] }`,
            },
          ]
        : [
            {
              pointer: "/directors",
              message: say`the directors have nothing to balance`,
              hint: say`add "virtualServices", or remove "directors": floating addresses need none`,
            },
          ];
    },
  },
];
