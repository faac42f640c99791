/** Does what is asked for at the door of a lab that is kept (see backends/door.ts). */

import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ExecResult } from "./agent.ts";
import type { Emit, Lab } from "./lab.ts";

/** Milliseconds between two looks. */
const LOOK = 100;

/** Starts all scripts and stays until the lab is ended from outside. */
export async function keepOpen(lab: Lab, door: string, emit: Emit): Promise<never> {
  await lab.startToLook();
  emit({ type: "kept", door, hosts: [...lab.machines.keys()] });
  for (;;) {
    for (const name of readdirSync(door)) {
      if (name.endsWith(".ask")) await answer(lab, join(door, name.slice(0, -".ask".length)));
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK));
  }
}

async function answer(lab: Lab, request: string): Promise<void> {
  const [host = "", ...command] = readFileSync(`${request}.ask`, "utf8").trimEnd().split("\n");
  rmSync(`${request}.ask`);
  const { code, stdout, stderr } = await runOn(lab, host, command.join("\n"));
  writeFileSync(`${request}.out`, stdout);
  writeFileSync(`${request}.err`, stderr);
  writeFileSync(`${request}.code.new`, `${code}\n`);
  renameSync(`${request}.code.new`, `${request}.code`);
}

async function runOn(lab: Lab, host: string, command: string): Promise<ExecResult> {
  const machine = lab.machines.get(host);
  if (!machine) {
    const hosts = [...lab.machines.keys()].join(", ");
    return { code: 2, stdout: "", stderr: `no host ${host} in the lab: there are ${hosts}\n` };
  }
  try {
    return await machine.run(["sh", "-c", command]);
  } catch (error) {
    return { code: 1, stdout: "", stderr: `${error instanceof Error ? error.message : String(error)}\n` };
  }
}
