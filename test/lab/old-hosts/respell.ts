/**
 * Old tools, as far as scripts can tell: the real one of today works, and its words are made the old ones by sed. Each
 * program is proven on recorded outputs of both (test/fixtures/old-tools, respell.test.ts).
 */

export interface Spelling {
  /** Options that the version does not know, on its command line and in what `-R` reads. */
  readonly refuses: readonly string[];
  /** sed -E programs by the words of the call that choose an output. */
  readonly sed: readonly (readonly [words: readonly string[], program: string])[];
}

/** Up to iproute2 4.7 two spaces come before some words of a route. */
const twoSpaces =
  "s/ (table|proto|scope|src|metric) /  \\1 /g; s/ (table|proto|scope|src|metric) /  \\1 /g; s/  +/  /g";
const withoutPreference = "s/ pref medium$/ /";
/** Up to 4.x a rule ends in a space, and `nodad` comes after `deprecated`. */
const rule = [["rule"], "s/ *$/ /"] as const;
const flags = [["addr"], "s/ nodad deprecated / deprecated nodad /"] as const;

const oldIp: Spelling = {
  refuses: [],
  sed: [[["route"], `${withoutPreference}; ${twoSpaces}`], rule, flags],
};

export const ip = {
  "2.6.33": oldIp,
  "3.10.0": oldIp,
  "3.16.0": oldIp,
  "4.9.0": { refuses: [], sed: [[["-6", "route"], "s/ pref medium$/  pref medium/"], rule, flags] },
  "4.11.0": { refuses: [], sed: [rule, flags] },
} as const satisfies Readonly<Record<string, Spelling>>;

const noTunnelType = "s/ --tun-type ipip$//";
const twoSettings = "s/, maxlen=.*\\)$/)/";

export const ipvsadm = {
  "1.26": {
    refuses: ["-b", "--sctp-service", "--tun-type", "--sync-maxlen"],
    sed: [
      [["-Sn"], `${noTunnelType}; s/ -o$/ ops/; s/ --pe / pe /`],
      [["-Ln"], "/^UDP /s/ ops$//"],
      // A backup daemon that is alone is not printed.
      [["--daemon"], `${twoSettings}; 1{/^backup/d}`],
    ],
  },
  "1.27": {
    refuses: ["--sctp-service", "--tun-type", "--sync-maxlen"],
    sed: [
      [["-Sn"], noTunnelType],
      // A master is printed twice, and a backup never.
      [["--daemon"], `${twoSettings}; /^backup/d; /^master/p`],
    ],
  },
  "1.28": {
    refuses: ["--tun-type", "--sync-maxlen"],
    sed: [
      [["-Sn"], noTunnelType],
      [["--daemon"], twoSettings],
    ],
  },
  "1.29": { refuses: ["--tun-type"], sed: [[["-Sn"], noTunnelType]] },
} as const satisfies Readonly<Record<string, Spelling>>;

/** The sed program for what a call prints; empty: as it is. */
export function programFor({ sed }: Spelling, call: string): string {
  const words = call.split(" ");
  return sed
    .filter(([chosen]) => chosen.every((word) => words.includes(word)))
    .map(([, program]) => program)
    .join("; ");
}

/** The program to put in the place of `real`. */
export function oldProgram({ refuses, sed }: Spelling, real: string): string {
  const choices = sed.map(([words, program]) => {
    const pattern = words.map((word) => `*" ${word} "*`).join("");
    return `case " $* " in ${pattern}) set_program '${program}' ;; esac`;
  });
  const refusals = refuses.map((word) => `*" ${word} "*) echo "${word}: unknown option" >&2; exit 2 ;;`);
  const unknown = refuses.map((word) => ` -e ' ${word} '`).join("");
  return `#!/bin/sh
case " $* " in
${refusals.join("\n")}
" -R ") ${unknown === "" ? "" : `grep -v${unknown} | `}${real} -R; exit ;;
esac
program=
set_program() { program="$program$1;"; }
${choices.join("\n")}
[ -n "$program" ] || exec ${real} "$@"
out=$(${real} "$@")
code=$?
[ -z "$out" ] || printf '%s\\n' "$out" | sed -E -e "$program"
exit "$code"
`;
}
