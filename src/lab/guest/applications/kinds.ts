/** Programs that answer for a host, one row each: real ones where this machine has them, else the lab's own. */

import { quoteWord } from "../../../base/quote-word.ts";
import type { LabApplication } from "../../spec.ts";
import { haproxyConfig, nginxConfig } from "./configurations.ts";

/** Of each host, in memory. */
export const FOLDER = "/run/lvsgen-lab";

interface Kind {
  /** The program, and the name of its processes. */
  readonly program: string;
  /** Text of its configuration. */
  readonly config: (host: string, application: LabApplication) => string;
  /** Shell words that start it in the background, with its configuration in a file. */
  readonly start: (file: string) => string;
}

const REAL: readonly Kind[] = [
  { program: "nginx", config: nginxConfig, start: (file) => `nginx -e /dev/null -c ${file}` },
  { program: "haproxy", config: haproxyConfig, start: (file) => `haproxy -D -f ${file}` },
];

/** Name of the lab's own program where nothing asks for another. */
const OWN_NAME = "lab-web-server";

export interface Started {
  /** As its processes are called. */
  readonly process: string;
  /** null: the lab's own. */
  readonly config: string | null;
  readonly start: string;
}

/** @param isHere whether the machine has a program */
export function startOf(
  host: string,
  application: LabApplication,
  isHere: (program: string) => boolean,
): Started {
  const { process: wanted, ports } = application;
  const fits = ({ program }: Kind): boolean => (wanted === null ? ports.length > 0 : program === wanted);
  const real = REAL.find((kind) => fits(kind) && isHere(kind.program));
  if (real !== undefined) {
    const file = `${FOLDER}/${real.program}.conf`;
    return { process: real.program, config: real.config(host, application), start: real.start(file) };
  }
  return { process: wanted ?? OWN_NAME, config: null, start: ownStart(host, wanted ?? OWN_NAME, ports) };
}

/** A process is called as the link that its program was started by. */
function ownStart(host: string, name: string, ports: LabApplication["ports"]): string {
  const [, self = ""] = process.argv;
  const link = quoteWord(`${FOLDER}/${name}`);
  const words = [self, "application", host, JSON.stringify(ports)].map(quoteWord);
  return [
    `ln -sf ${quoteWord(process.execPath)} ${link}`,
    `${link} ${words.join(" ")} </dev/null >/dev/null 2>&1 &`,
  ].join("\n");
}
