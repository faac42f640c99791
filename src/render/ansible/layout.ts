/** Where the Ansible project is, and which of its files is whose. */

/** Beside the hosts' folders, so that no host may have this name (a rule). */
export const ansibleFolder = "ansible";

/** The file of a host's own variables. */
export function hostVariables(host: string): string {
  return `${ansibleFolder}/host_vars/${host}.yml`;
}
