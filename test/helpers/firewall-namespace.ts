/**
 * A network of its own with this kernel's real packet filter: a user namespace's, so that nothing of this machine's
 * own is in reach, and no root is needed. Everything in it goes with the one process that holds it.
 */

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";

/** Which programs a script finds there. */
export interface FirewallPrograms {
  readonly name: string;
  /** Whether the program nft is there. */
  readonly nft: boolean;
  /** What the program iptables works on. */
  readonly iptables: "legacy" | "nft";
}

export interface Result {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export class FirewallNamespace {
  readonly #holder: ChildProcess;

  private constructor(holder: ChildProcess) {
    this.#holder = holder;
  }

  /** @param setUp shell commands that make its interfaces */
  static async make(programs: FirewallPrograms, setUp: string): Promise<FirewallNamespace> {
    const script = ["set -eu", ...mounts(programs), setUp, "echo ready", "exec sleep infinity"].join("\n");
    const holder = spawn("unshare", ["--map-root-user", "--net", "--mount", "sh", "-c", script], {
      stdio: ["ignore", "pipe", "inherit"],
      // A group of its own: what the set-up left in the background ends with it.
      detached: true,
    });
    const [said] = await Promise.race([
      once(holder.stdout, "data"),
      once(holder, "exit").then(() => ["it ended"]),
    ]);
    if (String(said) !== "ready\n") throw new Error(`no namespaces for the firewall: ${said}`);
    return new FirewallNamespace(holder);
  }

  run(program: string, args: readonly string[], input = ""): Result {
    const enter = ["--target", String(this.#holder.pid), "--user", "--net", "--mount", "--", program];
    const { status, stdout, stderr } = spawnSync("nsenter", [...enter, ...args], { input, encoding: "utf8" });
    return { status, stdout, stderr };
  }

  /** What the program prints. @throws Error where it fails */
  read(program: string, args: readonly string[], input = ""): string {
    const { status, stdout, stderr } = this.run(program, args, input);
    if (status !== 0) throw new Error(`${program} ${args.join(" ")}: exit status ${status}: ${stderr}`);
    return stdout;
  }

  close(): void {
    if (this.#holder.pid !== undefined) process.kill(-this.#holder.pid, "SIGKILL");
  }
}

/** nft under another name, for tests to look with where scripts shall find none. */
export const lookingNft = "/run/looking-nft";

/** A /run of its own for records and locks; what is not to be found is covered by an empty file that nobody can run. */
function mounts({ nft, iptables }: FirewallPrograms): string[] {
  return [
    "mount -t tmpfs none /run",
    `cp "$(command -v nft)" ${lookingNft}`,
    `mount --bind "$(command -v xtables-${iptables}-multi)" "$(readlink -f "$(command -v iptables)")"`,
    ...(nft ? [] : [": >/run/nothing", 'mount --bind /run/nothing "$(readlink -f "$(command -v nft)")"']),
  ];
}
