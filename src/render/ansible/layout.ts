/** Where the Ansible project is, and which of its files belong to which host. */

/** Beside the hosts' folders: a rule keeps hosts from having this name. */
export const ansibleFolder = "ansible";

/** The template of one of its files. */
export function projectTemplate(path: string): string {
  return `ansible/${path}`;
}

export const hostVariablesTemplate = { template: "ansible/host_vars/host.yml", language: "yaml" } as const;

/** The file of a host's own variables. */
export function hostVariables(host: string): string {
  return `${ansibleFolder}/host_vars/${host}.yml`;
}
