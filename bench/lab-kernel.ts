/** Runs a shell script in a kernel of User-Mode Linux, and collects the lines that it reports. */

import { spawn } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { onOneProcessor } from "../src/lab/backends/processors.ts";
import { kernelArguments } from "../src/lab/backends/uml.ts";
import { initScript } from "../src/lab/backends/uml-init.ts";
import { MODULES, umlCommand } from "../src/lab/backends/uml-kernel.ts";

/** The kernel's first serial line, which is the program's file descriptor 3 outside. */
export const reports = "/dev/ttyS0";

/**
 * @param seconds until the kernel is killed
 * @throws Error if the script does not end with a line "finished"
 */
export async function inKernel(command: readonly string[], seconds: number): Promise<string[]> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "lvsgen-bench-kernel-")));
  try {
    const init = join(folder, "init");
    writeFileSync(init, initScript({ command, modules: MODULES }), { mode: 0o755 });
    const [program = "", ...args] = onOneProcessor(
      0,
      umlCommand(folder, kernelArguments(folder, init, false)),
    );
    const lines = (await output(program, args, seconds)).split(/\r?\n/).filter(Boolean);
    if (lines.pop() !== "finished")
      throw new Error(`the kernel's script failed: ${lines.slice(-30).join("; ")}`);
    return lines;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function output(program: string, args: readonly string[], seconds: number): Promise<string> {
  return new Promise((resolve, reject) => {
    // A group of its own, so that the kernel's helper processes end with it.
    const child = spawn(program, args, { stdio: ["ignore", "ignore", "ignore", "pipe"], detached: true });
    const timer = setTimeout(() => {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    }, seconds * 1000);
    let text = "";
    (child.stdio[3] as Readable).setEncoding("utf8").on("data", (data: string) => {
      text += data;
    });
    child.on("error", reject);
    child.on("close", () => {
      clearTimeout(timer);
      resolve(text);
    });
  });
}
