/** Where packages of a release lie on a mirror of its distribution, and what its package manager knows of mirrors. */

/** In sources.list(5)'s words. */
export interface AptLayout {
  readonly kind: "apt";
  readonly suite: string;
  readonly components: string;
  /** Suite of the updates between point releases, on the main mirror. */
  readonly updates: string | null;
  readonly security: string | null;
  /** Where security updates are when the topology does not say; null: nowhere. */
  readonly securityMirror: "main" | string | null;
  /** Version of the release's apt. */
  readonly apt: string;
}

/** In yum.conf(5)'s words. */
export interface RpmLayout {
  readonly kind: "rpm";
  /** Repositories by name: their folders below the mirror. None where packages come by subscription. */
  readonly main: Readonly<Record<string, string>>;
  /** Keys that the distribution's packages are signed with, in /etc/pki/rpm-gpg. */
  readonly keys: readonly string[];
  /** The distribution's own files in /etc/yum.repos.d, of all its minor releases. */
  readonly files: readonly string[];
  /** Extra Packages for Enterprise Linux: the folder below its mirror, and its key. Null: none are made for it. */
  readonly epel: { readonly folder: string; readonly key: string } | null;
}

/** Its kind is also that of the packages, and which of two names they have. */
export type MirrorLayout = AptLayout | RpmLayout;

/** Whether there are Extra Packages for Enterprise Linux for it. */
export function hasEpel(layout: MirrorLayout): boolean {
  return layout.kind === "rpm" && layout.epel !== null;
}

/** Whether a mirror may have its own packages: those of Red Hat Enterprise Linux come by subscription. */
export function hasMain(layout: MirrorLayout): boolean {
  return layout.kind === "apt" || Object.keys(layout.main).length > 0;
}
