/** The script that a host runs to report what it has of lvsgen, or to take it off. Pure. */

import { version } from "../../base/version.ts";
import { recordFolder } from "../../render/provisioning.ts";
import type { Renderer } from "../../render/renderer-core.ts";
import { roleArtifacts } from "../../render/role-artifacts.ts";
import { roles } from "../../render/roles.ts";
import { retireScriptTemplate } from "../../render/root-templates.ts";
import { type HostKind, uninstaller } from "./uninstaller.ts";

export type RetireVerb = "look" | "retire";

const means: Readonly<Record<RetireVerb, string>> = {
  look: "reports what is here of lvsgen; changes nothing",
  retire: "stops and uninstalls it",
};

/** A director first: it sends to the real server. */
const services = Object.values(roles).map(({ script }) => script);

/** On every host of every topology; units before the scripts that they call, as setup.sh removes them in this order. */
const places = [
  ...new Set(services.flatMap((script) => roleArtifacts.map(({ destination }) => destination(script)))),
].toSorted((a, b) => Number(a.endsWith(".sh")) - Number(b.endsWith(".sh")));

/** @param host the host's name in messages */
export function retireScript(renderer: Renderer, host: string, verb: RetireVerb, kind: HostKind): string {
  const { template, language } = retireScriptTemplate;
  const isRetire = verb === "retire";
  return renderer.render(template, language, {
    host,
    version,
    verb,
    means: means[verb],
    has: { lock: isRetire, apply: false },
    recordFolder,
    services,
    places,
    uninstaller: isRetire ? uninstaller(renderer, host, kind) : "",
  });
}
