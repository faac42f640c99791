/** emailalert, emailalertfrom and smtp -> keepalived's mail. */

import { say } from "../../languages/say.ts";
import type { Notes } from "../notes.ts";
import type { Observed } from "../observed.ts";
import { type Section, type Setting, valueIn } from "./sections.ts";

const address = /^[^\s@<>"]+@[^\s@<>"]+$/;

export function notificationOf(
  globals: readonly Setting[],
  virtuals: readonly Section[],
  notes: Notes,
): Observed["notification"] {
  const all = virtuals.flatMap(({ settings }) => settings);
  const alert = valueIn("emailalert", globals, all);
  if (alert === null) return null;
  const emails = alert.value.split(/\s*,\s*/).filter((text) => address.test(text));
  const from = valueIn("emailalertfrom", globals);
  const server = valueIn("smtp", globals, all);
  const sender = /<([^<>]+)>/.exec(from?.value ?? "")?.[1] ?? from?.value ?? "";
  if (emails.length > 0 && address.test(sender) && server !== null)
    return { emails: emails as [string, ...string[]], from: sender, smtpServer: server.value };
  notes.leftOut(
    alert.place,
    say`mail of ldirectord: a topology needs emails, from and smtpServer, and the file has not all of them`,
    say`set directors.notification`,
  );
  return null;
}
