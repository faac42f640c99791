/** What a role's plan has of announcements. */

import type { RolePlan } from "../plan/host-plan.ts";
import type { AnnouncementResource, BirdResource } from "../plan/resources.ts";

export function birdResourceOf({ resources }: RolePlan): BirdResource | null {
  return resources.find((resource) => resource.kind === "bird") ?? null;
}

export function announcementsOf({ resources }: RolePlan): AnnouncementResource[] {
  return resources.filter((resource) => resource.kind === "announcement");
}
