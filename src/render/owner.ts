import { hostVariables } from "./ansible/layout.ts";

/** Whether a file of the output is one of these hosts': in a host's folder, or its variables for Ansible. */
export function isOfHosts(path: string, hosts: ReadonlySet<string>): boolean {
  const [folder = "", ...rest] = path.split("/");
  if (hosts.has(folder)) return true;
  const name = /^([^.]+)\.yml$/.exec(rest.at(-1) ?? "")?.[1];
  return name !== undefined && hosts.has(name) && path === hostVariables(name);
}
