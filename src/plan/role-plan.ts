import type { Opening, Resource, Role } from "./resources.ts";

/** What one script does on a host. */
export interface RolePlan {
  readonly role: Role;
  /** The interfaces that the role works on: they must exist before anything is done. */
  readonly interfaces: readonly string[];
  /** In the order of application; release is the exact reverse. */
  readonly resources: readonly Resource[];
  /** What its host's firewall must allow, if that is printed and not applied. */
  readonly openings: readonly Opening[];
}
