/** Every key of ldirectord.cf: read, or left out with a note that says what lvsgen does. */

import { suggestion } from "../../base/suggest.ts";
import { inLanguage, phrase, say } from "../../languages/say.ts";
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
  message: phrase`a setting of ldirectord's own process`,
  hint: phrase`no change is needed: keepalived runs the checks`,
};
const ofALogin: Left = {
  message: phrase`checks of a topology do not log in`,
  hint: phrase`use a check of type script for it`,
};

/** Values are not shown: some are passwords. */
const left: Readonly<Record<string, Left>> = {
  autoreload: ofTheDaemon,
  callback: {
    message: phrase`lvsgen copies files to hosts itself`,
    hint: phrase`deploy the rendered files to the hosts`,
  },
  cleanstop: ofTheDaemon,
  database: ofALogin,
  emailalertfreq: { message: phrase`keepalived sends each mail once`, hint: phrase`do without it` },
  emailalertstatus: { message: phrase`keepalived sends mail at every change`, hint: phrase`do without it` },
  execute: {
    message: phrase`another instance with its own file`,
    hint: phrase`import that file, too`,
    effect: "traffic",
  },
  fallbackcommand: {
    message: phrase`a topology runs no command when all servers are down`,
    hint: phrase`keep it by hand`,
  },
  fork: ofTheDaemon,
  load: { message: phrase`a setting for tests of load`, hint: phrase`do without it` },
  logfile: ofTheDaemon,
  login: ofALogin,
  maintenancedir: {
    message: phrase`files that force a server down`,
    hint: phrase`to drain a server set its weight to 0, and deploy`,
    effect: "traffic",
  },
  monitorfile: {
    message: phrase`a log of its own for checks`,
    hint: phrase`keepalived logs to the system's log`,
  },
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
        say`unknown keyword ${JSON.stringify(key)}`,
        suggestion(key, [...read, ...Object.keys(left), "virtual", "virtual6"], say`ldirectord has`),
      );
    else
      notes.leftOut(place, say`${key}: ${inLanguage(row.message)}`, inLanguage(row.hint), {
        effect: row.effect ?? "other",
      });
  }
}
