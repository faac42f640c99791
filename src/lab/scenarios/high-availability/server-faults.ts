/** How servers fail the health checks of a service, and which failures a type of check can see. */

import { quoteWord } from "../../../base/quote-word.ts";
import type { CheckType } from "../../../topology/model.ts";
import type { Lab } from "../../guest/lab.ts";
import { isLabProgram } from "../../lab-program.ts";
import { askedAt, portKey } from "../../ports.ts";
import type { LabCheck, LabServer, LabService, PortFault } from "../../spec.ts";

/** dead: nobody is there; wrong: another answer than the check expects; hanging: none at all. */
export type ServerFault = "dead" | "wrong" | "hanging";

export const IN_WORDS: Readonly<Record<ServerFault, string>> = {
  dead: "a dead server",
  wrong: "a server that answers wrongly",
  hanging: "a server that does not answer",
};

/**
 * The first is the one that clients are watched at. A TCP check is content when the kernel takes its connection, a UDP check when
 * nothing refuses its datagram (keepalived.conf(5)).
 */
export const SEEN_BY: Readonly<Record<CheckType, readonly ServerFault[]>> = {
  http: ["dead", "wrong", "hanging"],
  https: ["dead", "wrong", "hanging"],
  smtp: ["dead", "wrong", "hanging"],
  dns: ["dead", "wrong", "hanging"],
  tcp: ["dead"],
  udp: ["dead"],
  ping: ["dead"],
  script: ["wrong", "hanging"],
};

/** Why a service's check cannot be let fail here; null: it can. */
export function untriable({ type, port, command }: LabCheck, servers: readonly LabServer[]): string | null {
  if (type === "script" && !isLabProgram(command ?? ""))
    return `only ${command} knows when a server of the lab works`;
  if (type !== "script" && type !== "ping" && port === null && servers.some((server) => server.port === 0))
    return "it asks at no port";
  return null;
}

/** Whether a program's arguments say which server it is asked about. */
export function knowsServer({ arguments: args }: LabCheck): boolean {
  return new Set(args.map((words) => JSON.stringify(words))).size === args.length && args.length > 1;
}

/** Lets servers fail their check; all of them, where the check is a program that does not know which one it is asked about. */
export async function afflict(
  lab: Lab,
  service: LabService,
  servers: readonly LabServer[],
  fault: ServerFault,
): Promise<void> {
  const { check } = service;
  if (check === null) return;
  if (check.type === "script")
    await replaceProgram(lab, check.command ?? "", failing(service, check, servers, fault));
  else
    for (const server of servers)
      if (check.type === "ping") await answerEcho(lab, server, false);
      else await lab.machine(server.host).spoil(portFaults(service, check, server, fault));
}

export async function heal(lab: Lab, { check }: LabService, server: LabServer): Promise<void> {
  if (check === null) return;
  if (check.type === "script") await replaceProgram(lab, check.command ?? "", "exit 0");
  else if (check.type === "ping") await answerEcho(lab, server, true);
  else await lab.machine(server.host).spoil({});
}

const PROGRAMS: Readonly<Record<ServerFault, string>> = {
  dead: "exit 1",
  wrong: "exit 1",
  hanging: "exec sleep 3600",
};

/** It fails only for servers whose arguments it gets, each as written. */
function failing(
  service: LabService,
  check: LabCheck,
  servers: readonly LabServer[],
  fault: ServerFault,
): string {
  if (!knowsServer(check)) return PROGRAMS[fault];
  const lines = servers.map((server) => {
    const words = check.arguments[service.servers.indexOf(server)] ?? [];
    const same = words.map((word, index) => `[ "\${${index + 1}}" = ${quoteWord(word)} ]`);
    return `if ${[`[ $# = ${words.length} ]`, ...same].join(" && ")}; then ${PROGRAMS[fault]}; fi`;
  });
  return lines.join("\n");
}

async function replaceProgram(lab: Lab, program: string, text: string): Promise<void> {
  for (const { machine } of lab.directors) machine.namespace.installText(`#!/bin/sh\n${text}\n`, program);
}

async function answerEcho(lab: Lab, { host }: LabServer, answers: boolean): Promise<void> {
  const value = answers ? 0 : 1;
  await lab
    .machine(host)
    .namespace.look(
      `for f in ipv4/icmp_echo_ignore_all ipv6/icmp/echo_ignore_all; do [ ! -e /proc/sys/net/$f ] || echo ${value} >/proc/sys/net/$f; done`,
    );
}

/** A dead server's service is gone too; the others are of the check alone. */
function portFaults(
  service: LabService,
  check: LabCheck,
  server: LabServer,
  fault: ServerFault,
): Record<string, PortFault> {
  const at = askedAt(check, server);
  const own = { protocol: service.protocol, port: server.port };
  const ports = [...(at === null ? [] : [at]), ...(fault === "dead" ? [own] : [])];
  return Object.fromEntries(ports.map((port) => [portKey(port), fault === "dead" ? "closed" : fault]));
}
