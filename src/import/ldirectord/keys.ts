/** Every key of ldirectord.cf: read, or left out with a note that says what lvsgen does. */

import { suggestion } from "../../base/suggest.ts";
import type { Effect, Notes } from "../notes.ts";
import type { Setting } from "./sections.ts";

/** Those that become something of the topology. */
const read = new Set([
  ..."real real6 fallback fallback6 checktype service request receive virtualhost checkport checkcommand".split(
    " ",
  ),
  ..."checktimeout negotiatetimeout checkinterval checkcount failurecount".split(" "),
  ..."scheduler persistent netmask protocol ops quiescent emailalert emailalertfrom smtp httpmethod".split(
    " ",
  ),
]);

interface Left {
  readonly message: string;
  readonly hint: string;
  readonly effect?: Effect;
}

const ofTheDaemon: Left = {
  message: "a setting of ldirectord's own process",
  hint: "no change is needed: keepalived runs the checks",
};
const ofALogin: Left = {
  message: "checks of a topology do not log in",
  hint: "use a check of type script for it",
};

/** Values are not shown: some are passwords. */
const left: Readonly<Record<string, Left>> = {
  autoreload: ofTheDaemon,
  callback: {
    message: "lvsgen copies files to hosts itself",
    hint: "deploy the rendered files to the hosts",
  },
  cleanstop: ofTheDaemon,
  database: ofALogin,
  emailalertfreq: { message: "keepalived sends each mail once", hint: "do without it" },
  emailalertstatus: { message: "keepalived sends mail at every change", hint: "do without it" },
  execute: {
    message: "another instance with its own file",
    hint: "import that file, too",
    effect: "traffic",
  },
  fallbackcommand: {
    message: "a topology runs no command when all servers are down",
    hint: "keep it by hand",
  },
  fork: ofTheDaemon,
  load: { message: "a setting for tests of load", hint: "do without it" },
  logfile: ofTheDaemon,
  login: ofALogin,
  maintenancedir: {
    message: "files that force a server down",
    hint: "to drain a server set its weight to 0, and deploy",
    effect: "traffic",
  },
  monitorfile: { message: "a log of its own for checks", hint: "keepalived logs to the system's log" },
  passwd: ofALogin,
  readdquiescent: ofTheDaemon,
  secret: ofALogin,
  supervised: ofTheDaemon,
};

export function tellOthers(settings: readonly Setting[], notes: Notes): void {
  for (const { key, place } of settings) {
    if (read.has(key)) continue;
    const row = Object.hasOwn(left, key) ? left[key] : undefined;
    if (row === undefined)
      notes.notUnderstood(
        place,
        `unknown keyword ${JSON.stringify(key)}`,
        suggestion(key, [...read, ...Object.keys(left), "virtual", "virtual6"], "ldirectord has"),
      );
    else
      notes.leftOut(place, `${key}: ${row.message}`, row.hint, {
        effect: row.effect ?? "other",
      });
  }
}
