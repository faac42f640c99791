/** Files of the same topology with one server less, or drained, and how directors get them. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { bracketed } from "../../../base/endpoint.ts";
import { type Lab, say } from "../../guest/lab.ts";
import type { ScriptRun } from "../../guest/machine.ts";
import type { LabServer, LabService } from "../../spec.ts";
import { drainedScript } from "../drained-script.ts";
import { drainedConfig, type Files } from "../high-availability/drained-config.ts";

export type Change = (files: Files) => Files;

export const unchanged: Change = (files) => files;

export function without(lab: Lab, service: LabService, server: LabServer): Change {
  return lab.spec.engine === "keepalived"
    ? (files) => withoutInConfig(files, service, server)
    : ({ config, script }) => ({ config, script: withoutInScript(script, service, server) });
}

export function drained(lab: Lab, service: LabService, server: LabServer): Change {
  return lab.spec.engine === "keepalived"
    ? (files) => drainedConfig(files, service, server)
    : ({ config, script }) => ({ config, script: drainedScript(script, service, server) ?? script });
}

/** Every director reads its changed files, as after a deploy. */
export async function applyAll(lab: Lab, change: Change, what: string): Promise<void> {
  for (const run of lab.directors) {
    install(run, change(filesOf(run)));
    const result = await run.run("reload");
    lab.check(run.label, `reload ${what}`, result.code === 0, `exit ${result.code}`, say(result));
  }
}

const CONFIG = "/etc/lvsgen/keepalived.conf";

/** As they were shipped. */
function filesOf({ machine, text }: ScriptRun): Files {
  const file = machine.host.files.find(({ destination }) => destination === CONFIG);
  return { config: file === undefined ? "" : readFileSync(file.source, "utf8"), script: text };
}

function install({ machine, script }: ScriptRun, files: Files): void {
  const file = machine.host.files.find(({ destination }) => destination === CONFIG);
  if (file !== undefined) machine.namespace.bring(file, files.config);
  machine.namespace.installText(files.script, script.name);
}

/** @throws Error where the configuration does not list the server the way lvsgen does */
function withoutInConfig({ config, script }: Files, service: LabService, server: LabServer): Files {
  let block = "";
  let leaving = false;
  let found = false;
  const lines = config.split("\n").filter((line) => {
    if (line.startsWith("# ")) block = line.slice(2);
    if (block === service.name && line === `  real_server ${server.address} ${server.port} {`) {
      leaving = true;
      found = true;
    }
    const isLeft = leaving;
    if (line === "  }") leaving = false;
    return !isLeft;
  });
  if (!found) throw new Error(`keepalived.conf has no ${server.address} in ${service.name}`);
  const changed = lines.join("\n");
  return {
    config: changed,
    script: withoutInScript(script.replaceAll(digestOf(config), digestOf(changed)), service, server),
  };
}

/** The script of engine ipvsadm lists servers; that of keepalived those that it looks for. */
function withoutInScript(script: string, service: LabService, server: LabServer): string {
  let block = "";
  return script
    .split("\n")
    .filter((line) => {
      if (line.startsWith("# ")) block = line.slice(2);
      return !(
        block === service.name &&
        line.startsWith("-a ") &&
        line.includes(` -r ${bracketed(server.address)}:${server.port} `)
      );
    })
    .join("\n");
}

/** As lvsgen's scripts know a file. */
export function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
