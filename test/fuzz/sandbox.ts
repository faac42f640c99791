/** Scripts' data as a shell reads it: sourced without a program on its path, and told back word by word. */

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sorted, type Words } from "./intended.ts";

/** What a script sets, and what the plan says that it has to. */
export interface Expectation {
  /** For messages. */
  readonly name: string;
  /** The script's text up to its machinery. */
  readonly head: string;
  readonly intended: Words;
}

export const shells: Readonly<Record<string, readonly string[]>> = {
  dash: ["/bin/dash"],
  bash: ["/bin/bash", "--posix"],
  busybox: ["/bin/busybox", "ash"],
};

/** Where a script's data ends. */
const ends = ["\n# ==== The machinery", "\n# --- Messages"];

/**
 * The data of a script: without its search path, so that a command in it would fail, without the one line of setup.sh
 * that runs programs, and with its function that lists its files.
 */
export function headOf(script: string): string {
  const end = ends.map((mark) => script.indexOf(mark)).find((at) => at > 0);
  if (end === undefined) throw new Error("this script has no machinery");
  const [files = ""] = /^install_files\(\) \{\n(?:.*\n)*?\}\n/m.exec(script) ?? [];
  const data = script
    .slice(0, end + 1)
    .replace(/^PATH=.*$/m, "PATH=/nonexistent")
    .replace(/^FOLDER=.*$/m, "FOLDER=x");
  return data + files;
}

const calls = [
  ..."module sysctl link fou route default_route rule firewall openings address timeouts services unit".split(
    " ",
  ),
  ..."sync_daemon keepalived order bird gate".split(" "),
];

/** Records end with \\036, words with \\037. */
const driver = `
emit() { printf '%s\\037' "$@"; printf '\\036'; }
lines() { # NAME TEXT
  local line name=$1
  IFS='
'
  for line in $2; do emit "$name" "$line"; done
  unset IFS
}
${calls.map((call) => `tell_${call}() { emit call ${call} "$@"; }`).join("\n")}
put_file() { emit FILES "\${1#x/} $2 $3"; }
tell() {
  emit PROGRAM "$PROGRAM"
  emit HOST "$HOST"
  emit HOST_ADDRESSES $HOST_ADDRESSES
  case $PROGRAM in
    setup.sh)
      emit SERVICES $SERVICES
      install_files
      return 0
      ;;
  esac
  emit CLUSTER "$CLUSTER"
  emit ROLE "$ROLE"
  emit INTERFACES $INTERFACES
  emit STATE_DIR "$STATE_DIR"
  if [ -n "\${KEEPALIVED_SHA256+x}" ]; then
    emit KEEPALIVED_SHA256 "$KEEPALIVED_SHA256"
    emit MOVING $MOVING
    [ -z "\${AS_REAL_SERVER+x}" ] || emit AS_REAL_SERVER $AS_REAL_SERVER
  fi
  resources tell
  lines SERVICES "\${SERVICES-}"
}
for file; do
  emit file "$file"
  (. "./$file" && tell) || emit failed "$?"
done
`;

/** What differs, for each script and shell; nothing where all is as intended. */
export function compareInShells(expectations: readonly Expectation[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), "lvsgen-fuzz-"));
  const inside = join(folder, "scripts");
  try {
    mkdirSync(inside);
    writeFileSync(join(folder, "driver"), driver);
    const files = expectations.map(({ head }, index) => {
      writeFileSync(join(inside, `${index}`), head);
      return `${index}`;
    });
    const faults = Object.entries(shells).flatMap(([shell, [program = "", ...options]]) => {
      const { stdout, stderr, status } = spawnSync(program, [...options, "../driver", ...files], {
        cwd: inside,
        env: {},
        encoding: "utf8",
        maxBuffer: 2 ** 30,
        timeout: 300_000,
      });
      const said =
        status === 0 && stderr === "" ? [] : [`${shell}: exit ${status}, says ${stderr.slice(0, 500)}`];
      return [...said, ...compare(shell, stdout, expectations)];
    });
    const left = readdirSync(inside).filter((name) => !files.includes(name));
    return left.length === 0 ? faults : [...faults, `a script wrote ${left.join(", ")}`];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compare(shell: string, stdout: string, expectations: readonly Expectation[]): string[] {
  const records = stdout.split("\u001E").map((record) => record.split("\u001F").slice(0, -1));
  const told = new Map<string, string[][]>();
  let current: string[][] = [];
  for (const [kind = "", ...words] of records) {
    if (kind === "file") {
      current = [];
      told.set(words[0] ?? "", current);
    } else if (kind !== "") current.push([kind, ...words]);
  }
  return expectations.flatMap(({ name, intended }, index) => {
    const real = asWords(told.get(`${index}`) ?? []);
    const [want, have] = [canonical(intended), canonical(real)];
    if (JSON.stringify(want) === JSON.stringify(have)) return [];
    const at = want.findIndex((words, line) => JSON.stringify(words) !== JSON.stringify(have[line]));
    return [`${shell}: ${name} sets ${JSON.stringify(have[at])} instead of ${JSON.stringify(want[at])}`];
  });
}

/** Constants first, then calls and services, each in its own order. */
function canonical(words: Words): Words {
  const rank = (kind = "") => (kind === "call" ? 1 : /^(service|server|sorry|file)$/.test(kind) ? 2 : 0);
  const sortedKinds = words
    .filter(([kind]) => rank(kind) === 0)
    .toSorted((a, b) => ((a[0] ?? "") < (b[0] ?? "") ? -1 : 1));
  return [
    ...sortedKinds,
    ...words.filter(([kind]) => rank(kind) === 1),
    ...words.filter(([kind]) => rank(kind) === 2),
  ];
}

function asWords(records: readonly string[][]): string[][] {
  const setup = records.some(([kind, value]) => kind === "PROGRAM" && value === "setup.sh");
  const files: string[][] = [];
  const rest = records.flatMap(([kind = "", ...words]) => {
    const [line = ""] = words;
    if (kind === "SERVICES" && !setup) return ruleWords(line);
    if (kind !== "FILES") return [[kind, ...words]];
    files.push(["file", ...line.split(" ").slice(0, 2)]);
    return [];
  });
  return [...rest, ...files.toSorted((a, b) => (a.join() < b.join() ? -1 : 1))];
}

const protocols: Readonly<Record<string, string>> = { "-t": "tcp", "-u": "udp", "--sctp-service": "sctp" };
const methods: Readonly<Record<string, string>> = { "-g": "dr", "-m": "nat", "-i": "tun" };
const optionNames: Readonly<Record<string, string>> = {
  "-s": "scheduler",
  "-p": "persistence",
  "-M": "netmask",
  "-b": "flags",
  "--pe": "engine",
  "-w": "weight",
  "-x": "upper",
  "-y": "lower",
  "--tun-type": "tunnel",
  "--tun-port": "tunnelPort",
};

/** A line of SERVICES as ipvsadm(8) reads it; none for a comment. */
function ruleWords(line: string): string[][] {
  const isSorry = line.startsWith("#- ");
  const rule = (isSorry ? line.slice(3) : line).replace(/ # .*$/, "");
  if (rule.startsWith("#")) return [];
  const words = rule.split(" ");
  const verb = words.shift();
  const key = selector(words);
  const options: Record<string, unknown> = {};
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const name = optionNames[word];
    if (name !== undefined) options[name] = words.shift();
    else if (word in methods) options.forwarding = methods[word];
    else if (word === "-o") options.onePacket = true;
    else if (word === "-r") [options.address, options.port] = endpoint(words.shift() ?? "");
    else options[word] = "?";
  }
  if (options.forwarding === "tun") options.tunnel ??= "ipip";
  return [[verb === "-A" ? "service" : isSorry ? "sorry" : "server", key, ...sorted(options)]];
}

function selector(words: string[]): string {
  const [kind = "", value = ""] = words.splice(0, 2);
  if (kind !== "-f") return [protocols[kind], ...endpoint(value)].join(" ");
  const six = words[0] === "-6";
  if (six) words.shift();
  return `mark ${value} ${six ? 6 : 4}`;
}

function endpoint(text: string): [string, string] {
  const [, six, four, port = ""] = /^(?:\[(.*)\]|([^:]*)):(\d+)$/.exec(text) ?? [];
  return [six ?? four ?? text, port];
}
