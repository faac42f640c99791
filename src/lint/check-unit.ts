/** Checks of systemd units that need no systemd (systemd.syntax(7)). */

import { say } from "../languages/say.ts";
import type { Finding } from "./finding.ts";

const sections = new Set(["Unit", "Service", "Timer", "Install"]);

export function checkUnit(file: string, text: string): Finding[] {
  const findings: Finding[] = [];
  let section = "";
  let commands = 0;
  text.split("\n").forEach((line, index) => {
    const report = (code: string, message: string) =>
      findings.push({ file, line: index + 1, column: 1, code: `unit-${code}`, message });
    if (line === "" || /^[#;]/.test(line)) return;
    const header = /^\[(.+)\]$/.exec(line)?.[1];
    if (header !== undefined) {
      section = header;
      if (!sections.has(section)) report("section", say`unknown section [${section}]`);
      return;
    }
    const [, key, value] = /^([A-Za-z]+)=(.*)$/.exec(line) ?? [];
    if (key === undefined || value === undefined)
      report("syntax", say`'${line}' is neither KEY=VALUE nor a section`);
    else if (section === "") report("section", say`${key} before the first section`);
    else if (key.startsWith("Exec")) {
      commands += 1;
      if (!/^[-@+!]*\//.test(value)) report("command", say`${key} needs a program's absolute path`);
    }
  });
  if (file.endsWith(".service") && commands === 0) {
    findings.push({
      file,
      line: 1,
      column: 1,
      code: "unit-command",
      message: say`a service needs a command to run`,
    });
  }
  return findings;
}
