/** The Ansible project of a cluster, one row per file, with Ansible's conventional names. */

import type { Language } from "../languages.ts";
import type { ClusterView } from "./cluster-view.ts";

interface AnsibleFileRow {
  /** Below the project's folder; its template has the same name. */
  readonly path: string;
  readonly language: Language;
  readonly when: (view: ClusterView) => boolean;
}

/** Files of the whole cluster. */
export const ansibleFiles: readonly AnsibleFileRow[] = [
  always("README.md", "prose"),
  always("ansible.cfg", "prose"),
  always("inventory.yml"),
  { path: "inventory.json", language: "json", when: ({ isLarge }) => isLarge },
  always("group_vars/all.yml"),
  always("site.yml"),
  always("verify.yml"),
  always("teardown.yml"),
  always("roles/lvs/defaults/main.yml"),
  always("roles/lvs/handlers/main.yml"),
  always("roles/lvs/meta/argument_specs.yml"),
  always("roles/lvs/meta/main.yml"),
  always("roles/lvs/tasks/main.yml"),
  always("roles/lvs/tasks/look.yml"),
  always("roles/lvs/tasks/provide.yml"),
  always("roles/lvs/tasks/packages.yml"),
  always("roles/lvs/tasks/install_packages.yml"),
  always("roles/lvs/tasks/watch_keys.yml"),
  always("roles/lvs/tasks/note_keys.yml"),
  always("roles/lvs/tasks/keepalived.yml"),
  always("roles/lvs/tasks/selinux.yml"),
  always("roles/lvs/tasks/units.yml"),
  always("roles/lvs/tasks/obsolete.yml"),
  always("roles/lvs/tasks/remove_obsolete.yml"),
  always("roles/lvs/tasks/files.yml"),
  always("roles/lvs/tasks/services.yml"),
  always("roles/lvs/tasks/converge.yml"),
  always("roles/lvs/tasks/status.yml"),
  always("roles/lvs/tasks/elsewhere.yml"),
  always("roles/lvs/tasks/verify.yml"),
  always("roles/lvs/tasks/floating.yml"),
  always("roles/lvs/tasks/ask.yml"),
  always("roles/lvs/tasks/teardown.yml"),
  always("roles/lvs/vars/main.yml"),
];

function always(path: string, language: Language = "yaml"): AnsibleFileRow {
  return { path, language, when: () => true };
}
