/** A host's own network and mount namespace. */

import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { quoteWord } from "../../base/quote-word.ts";
import type { LabFile, LabHost, LabSpec } from "../spec.ts";
import { Agent, type ExecResult } from "./agent.ts";
import type { Fabric } from "./fabric.ts";
import { type ProgramLinks, Toolbox } from "./toolbox.ts";
import { isUserNamespace, mountPlaceholders, ownFolders, placeholdersOf } from "./user-namespace.ts";

const UNSHARE = ["unshare", "--net", "--mount", "--propagation", "private"];

/** Process ids of its own: who looks for a process by its name finds those of its host alone. */
const OWN_PROCESSES = ["--pid", "--fork", "--kill-child", "--mount-proc"];

/** Directories a host may write in without anybody else seeing it. */
const OVERLAID = ["/etc", "/var/lib", "/usr/local"];

/** Folders of daemons in these. A package may keep them from ordinary users (/etc/bird on Debian): a host has its own then. */
const OF_DAEMONS = ["/etc/bird", "/etc/keepalived"];

/** Where the runner bind-mounts the machine's real programs. */
export const REAL_ROOT = "real";

const DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

export class Namespace {
  readonly host: LabHost;
  readonly agent: Agent;
  readonly toolbox: Toolbox;
  readonly #links: ProgramLinks | null;
  readonly #folder: string;
  readonly #work: string;

  private constructor(
    host: LabHost,
    agent: Agent,
    toolbox: Toolbox,
    links: ProgramLinks | null,
    folder: string,
    work: string,
  ) {
    this.#work = work;
    this.#links = links;
    this.host = host;
    this.agent = agent;
    this.toolbox = toolbox;
    this.#folder = folder;
  }

  /** @param programs links to them, for hosts that run scripts */
  static async create(
    host: LabHost,
    programs: ProgramLinks,
    placeholders: LabSpec["placeholders"],
    fabric: Fabric,
    work: string,
    generation: number,
  ): Promise<Namespace> {
    const agent = await Agent.start(host.name, work, [...UNSHARE, ...ownProcesses(host), "--"]);
    const folder = join(work, "hosts", `${host.name}.${generation}`);
    const links = host.scripts.length > 0 ? programs : null;
    const toolbox = new Toolbox(links, (path) => seenFrom(agent, path));
    const made = await agent.shell(mountScript(host, placeholders, folder, links));
    if (made.code !== 0) throw new Error(`${host.name}: mounting failed: ${made.stderr.trim()}`);
    const namespace = new Namespace(host, agent, toolbox, links, folder, work);
    for (const script of host.scripts) namespace.install(script.source, script.name);
    for (const file of host.files) namespace.bring(file, readFileSync(file.source, "utf8"));
    for (const program of host.programs) namespace.installText(CONTENT, program);
    await fabric.connect(host, agent);
    return namespace;
  }

  /** Runs the lab's own shell text with the real programs, whatever replaces them at the moment. */
  look(text: string): Promise<ExecResult> {
    // Links between these directories go from sbin to bin, by names that a host has links under.
    const directories = [...(this.#links?.folders.keys() ?? [])].sort();
    const real = directories.map((directory) => join(this.#work, REAL_ROOT, directory));
    return this.agent.shell(
      `PATH=${quoteWord(real.join(":") || DEFAULT_PATH)}\n${text}\nPATH=${DEFAULT_PATH}`,
    );
  }

  /** A path of this host as the runner can open it. */
  path(inside: string): string {
    return seenFrom(this.agent, inside);
  }

  install(source: string, name: string): void {
    this.installText(readFileSync(source, "utf8"), name);
  }

  /** @param name of a script, or the path of another program */
  installText(text: string, name: string): void {
    const target = this.path(resolve("/usr/local/sbin", name));
    writeFileSync(target, text);
    chmodSync(target, 0o755);
  }

  /** Puts a file that comes with the scripts to its place. */
  bring({ destination, mode }: LabFile, text: string): void {
    const target = this.path(destination);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text, { mode });
  }

  /** Whether what is written at a path is seen by this host alone. */
  isOwn(inside: string): boolean {
    return [...overlaid(this.host), "/run"].some((folder) => inside.startsWith(`${folder}/`));
  }

  writeFile(inside: string, text: string): void {
    const target = this.path(inside);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }

  /** Every file below a folder of this host that is not empty (a lock is), with its text, as one comparable string. */
  readTree(inside: string): string {
    const root = this.path(inside);
    if (!existsSync(root)) return "";
    const files = readdirSync(root, { recursive: true, encoding: "utf8" }).sort();
    return files.map((file) => readEntry(join(root, file), file)).join("");
  }

  /** Files directly in a folder of this host, by name. */
  readFiles(inside: string): Map<string, string> {
    const root = this.path(inside);
    if (!existsSync(root)) return new Map();
    const files = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isFile());
    const texts = files.map(({ name }) => [name, readIfThere(join(root, name))] as const);
    return new Map(texts.flatMap(([name, text]) => (text === null ? [] : [[name, text]])));
  }

  /** A file's text; empty without it. */
  readFile(inside: string): string {
    return readIfThere(this.path(inside)) ?? "";
  }

  /** Makes a folder hold these files and no other. */
  writeFiles(inside: string, files: ReadonlyMap<string, string>): void {
    this.removeTree(inside);
    if (files.size === 0) return;
    mkdirSync(this.path(inside), { mode: 0o700 });
    for (const [name, text] of files) writeFileSync(join(this.path(inside), name), text, { mode: 0o600 });
  }

  removeTree(inside: string): void {
    rmSync(this.path(inside), { recursive: true, force: true });
  }

  async destroy(): Promise<void> {
    endProcesses(this.agent.pid);
    await this.agent.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function ownProcesses({ applications }: LabHost): readonly string[] {
  return applications.length > 0 ? OWN_PROCESSES : [];
}

function seenFrom({ pid }: Agent, inside: string): string {
  return join("/proc", String(pid), "root", inside);
}

/** Ends what scripts left running: a daemon would keep the namespace, and its place on the wire. */
function endProcesses(agent: number): void {
  const own = networkOf(agent);
  for (const name of readdirSync("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid === agent || networkOf(pid) !== own) continue;
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It ended by itself.
    }
  }
}

/** Of a process that is gone, a name that no living one has. */
function networkOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/ns/net`);
  } catch {
    return `none of ${pid}`;
  }
}

function readEntry(path: string, name: string): string {
  try {
    const text = statSync(path).isFile() ? readFileSync(path, "utf8") : "";
    return text === "" ? "" : `${name}: ${text}\n`;
  } catch {
    return "";
  }
}

function mountScript(
  host: LabHost,
  placeholders: LabSpec["placeholders"],
  folder: string,
  links: ProgramLinks | null,
): string {
  const lines = ["set -e", "mount -t sysfs sysfs /sys", "mount -t tmpfs -o mode=755,size=16m tmpfs /run"];
  for (const directory of overlaid(host)) lines.push(overlay(folder, directory, directory));
  lines.push(
    `for f in ${OF_DAEMONS.join(" ")}; do [ ! -d "$f" ] || ls "$f" >/dev/null 2>&1 || mount -t tmpfs -o mode=755,size=4m tmpfs "$f"; done`,
  );
  if (isUserNamespace())
    for (const path of ownFolders(host)) mkdirSync(join(folder, "upper", path), { recursive: true });
  lines.push(...placeholderLines(host, placeholders, join(folder, "placeholders")));
  lines.push("mkdir -p /usr/local/sbin /var/lib/lvsgen", DISTRIBUTION_FUNCTIONS);
  for (const [directory, copy] of links?.folders ?? []) lines.push(overlay(folder, directory, copy));
  // Addresses must be usable, and the snapshot stable, at once: no duplicate address detection. Neighbours are asked from
  // link-local addresses, so hosts with IPv6 have them.
  const hasIpv6 = host.interfaces.some(({ addresses }) => addresses.some((address) => address.includes(":")));
  lines.push(
    `[ ! -e /proc/sys/net/ipv6 ] || echo ${hasIpv6 ? 0 : 1} >/proc/sys/net/ipv6/conf/default/addr_gen_mode`,
  );
  lines.push(
    "if [ -e /proc/sys/net/ipv6 ]; then for s in accept_dad:0 accept_ra:0 router_solicitations:0; do",
    'echo "${s#*:}" >"/proc/sys/net/ipv6/conf/default/${s%:*}"; done; fi',
  );
  // A namespace may begin with what the machine has (net.core.devconf_inherit_init_net): all are written.
  for (const { file, value } of host.sysctls)
    lines.push(`for f in ${file}; do [ ! -e "$f" ] || echo ${value} >"$f"; done`);
  // A subshell: the agent itself must not end at the first error.
  return `(${lines.join("\n")})`;
}

/** Also where files of the host are, or what is above that where the machine lacks it. */
function overlaid({ files }: LabHost): string[] {
  const others = files
    .map(({ destination }) => topFolder(destination))
    .filter((directory) => !OVERLAID.includes(directory))
    .map((directory) => (existsSync(directory) ? directory : dirname(directory)));
  return [...new Set([...others, ...OVERLAID])];
}

/** `/etc` of `/etc/lvsgen/keepalived.conf`, `/usr/libexec` of `/usr/libexec/keepalived/lvs_track.sh`. */
function topFolder(path: string): string {
  return (/^\/(usr|var)\/[^/]+/.exec(path) ?? /^\/[^/]+/.exec(path) ?? [""])[0];
}

/** The command that lets a host write in a directory. @param lower what is there before */
function overlay(folder: string, directory: string, lower: string): string {
  const upper = join(folder, "upper", directory);
  const scratch = join(folder, "scratch", directory);
  mkdirSync(upper, { recursive: true });
  mkdirSync(scratch, { recursive: true });
  const options = `lowerdir=${lower},upperdir=${upper},workdir=${scratch}`;
  return `mount -t overlay -o ${quoteWord(options)} overlay ${directory}`;
}

/** Every host has its own values. */
function placeholderLines(host: LabHost, all: LabSpec["placeholders"], folder: string): string[] {
  const placeholders = placeholdersOf(host, all);
  if (placeholders.length > 0) mkdirSync(folder);
  for (const { name, value } of placeholders) writeFileSync(join(folder, name), `${value}\n`);
  return mountPlaceholders(placeholders, folder);
}

/** Null where it is gone: what runs on the host replaces files at any moment. */
function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** A health check's program that finds every server working. */
const CONTENT = "#!/bin/sh\nexit 0\n";

/** CentOS init scripts source this; an empty one where the machine running the lab has none. */
const DISTRIBUTION_FUNCTIONS =
  "mkdir -p /etc/init.d; [ -e /etc/init.d/functions ] || : >/etc/init.d/functions";
