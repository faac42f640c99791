/** Rules about the warnings that a topology accepts. They are the last ones: they see what the others found. */

import { pointerOf } from "../base/json-pointer.ts";
import { suggestion } from "../base/suggest.ts";
import { say } from "../languages/say.ts";
import type { Problem } from "../topology/diagnostics.ts";
import type { Rule, RuleContext } from "./rule.ts";

const unusedCode = "LVS241";

export const ignoreRules: readonly Rule[] = [
  {
    code: "LVS240",
    name: "finding that cannot be ignored",
    severity: "error",
    explain: {
      what: `
        An entry of ignore has the code of an error, or a code that lvsgen does not have.`,
      why: `
        A topology with an error has no rendering: a host or a service in it is unclear, or it would not work. Accepting
        the error would not change that. A code that does not exist is a slip of the pen, and accepts nothing.`,
      fix: `
        Fix what the error reports, and remove the entry. Only warnings can be accepted; lvsgen validate shows their
        codes.`,
      wrong: `
        ignore:
          - { code: LVS013, reason: the scheduler is new }`,
      right: `
        hosts:
          pi1: { os: centos-6, interfaces: { eth0: 192.168.1.114/24 } }
        ignore:
          - { code: LVS104, reason: its packages are on our own mirror }
          - { code: LVS115, reason: deployed by ssh only }`,
    },
    check: (context) =>
      entries(context).flatMap(({ code, pointer }) => refusal(context, code, pointer + pointerOf("code"))),
  },
  {
    code: unusedCode,
    name: "accepted warning that does not occur",
    severity: "warning",
    explain: {
      what: `
        An entry of ignore has the code of a warning that this topology does not get, or that an entry before it
        accepts.`,
      why: `
        The entry has no effect today, but a later change of the topology may cause that warning for another reason, and
        nobody would see it.`,
      fix: `
        Remove the entry.`,
      wrong: `
        ignore:
          - { code: LVS104, reason: its packages are on our own mirror }`,
      right: `
        ignore: []`,
    },
    check: (context) => {
      // A rule may be silent because of what was dropped.
      if (!context.intact("")) return [];
      const seen = new Set<string>();
      return entries(context).flatMap(({ code, pointer }) => {
        if (refusal(context, code, pointer).length > 0) return [];
        const isRepeated = seen.has(code);
        seen.add(code);
        if (context.fired.has(code) && !isRepeated) return [];
        return {
          pointer: pointer + pointerOf("code"),
          message: isRepeated ? say`duplicate entry for ${code}` : say`this topology has no warning ${code}`,
          hint: say`remove the entry: it would hide a warning that nobody has looked at`,
        };
      });
    },
  },
];

function entries({ topology }: RuleContext): { code: string; pointer: string }[] {
  return (topology.ignore ?? []).flatMap(({ code }, index) =>
    code === undefined ? [] : { code, pointer: pointerOf("ignore", index) },
  );
}

function refusal({ severities }: RuleContext, code: string, pointer: string): Problem[] {
  const severity = severities.get(code);
  // The text's and the schema's codes.
  if (severity === "error" || /^LVS0/.test(code))
    return [
      {
        pointer,
        message: say`${code} is an error, and only warnings can be ignored`,
        hint: say`fix what it reports, and remove the entry`,
      },
    ];
  if (code === unusedCode)
    return [
      { pointer, message: say`${code} cannot be ignored`, hint: say`remove the entries that have no effect` },
    ];
  if (severity !== undefined) return [];
  const warnings = [...severities].flatMap(([known, kind]) => (kind === "warning" ? known : []));
  return [
    {
      pointer,
      message: say`unknown code ${code}`,
      hint: suggestion(code, warnings, say`the warnings are`),
    },
  ];
}
