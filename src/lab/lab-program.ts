/** Names of the lab's own programs, which replace those of the topology. */

/** Each host of the lab has /usr/local to itself. */
const folder = "/usr/local/sbin/lvsgen-lab-";

/** @param kind what runs it */
export function labProgram(kind: "check" | "track" | "notify", name: string): string {
  return `${folder}${kind}-${name}`;
}

export function isLabProgram(command: string): boolean {
  return command.startsWith(folder);
}
