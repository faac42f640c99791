/** Which vrrp_instances of several hosts' files are one: they share an id and addresses, or should. */

import { say } from "../../languages/say.ts";
import { ImportError } from "../notes.ts";
import type { Place } from "../place.ts";
import type { InstanceDraft } from "./instances.ts";

/** The instance of each file, in the order of the files; null: the file has none. */
export type Shared = readonly (InstanceDraft | null)[];

/** @throws ImportError for ids or addresses that disagree */
export function sharedInstances(files: readonly (readonly InstanceDraft[])[]): Shared[] {
  const found: (InstanceDraft | null)[][] = [];
  for (const [file, instances] of files.entries())
    for (const instance of instances) {
      const free = found.filter((each) => (each[file] ?? null) === null);
      const same = match(instance, free);
      if (same === undefined) found.push(files.map((_, index) => (index === file ? instance : null)));
      else {
        agree(firstOf(same), instance);
        same[file] = instance;
      }
    }
  return found;
}

/** By id and an address, by an address, by id, by name: the first way that fits. */
function match(
  instance: InstanceDraft,
  among: readonly (InstanceDraft | null)[][],
): (InstanceDraft | null)[] | undefined {
  const ways: ((other: InstanceDraft) => boolean)[] = [
    (other) => sharesId(instance, other) && sharesAddress(instance, other),
    (other) => sharesAddress(instance, other),
    (other) => sharesId(instance, other),
    (other) => instance.name === other.name,
  ];
  for (const fits of ways) {
    const same = among.find((each) => each.some((other) => other !== null && fits(other)));
    if (same !== undefined) return same;
  }
  return undefined;
}

function firstOf(same: readonly (InstanceDraft | null)[]): InstanceDraft {
  return same.find((each) => each !== null) as InstanceDraft;
}

function sharesId(one: InstanceDraft, other: InstanceDraft): boolean {
  return (
    one.virtualRouterId !== null &&
    one.virtualRouterId === other.virtualRouterId &&
    familyOf(one) === familyOf(other)
  );
}

function familyOf({ addresses }: InstanceDraft): 4 | 6 {
  return addresses[0]?.ip.includes(":") ? 6 : 4;
}

function sharesAddress(one: InstanceDraft, other: InstanceDraft): boolean {
  return one.addresses.some(({ ip }) => other.addresses.some((each) => each.ip === ip));
}

/** Hosts whose ids differ do not hear each other; of those whose addresses differ, each has its own. */
function agree(one: InstanceDraft, other: InstanceDraft): void {
  if (other.virtualRouterId !== one.virtualRouterId)
    throw new ImportError(
      other.idPlace ?? other.place,
      say`${other.name} has the virtual_router_id ${other.virtualRouterId ?? say`none`}, and ${named(one)} has ${one.virtualRouterId ?? say`none`} (${whereIs(one.idPlace ?? one.place)})`,
      say`use the same id on all hosts of an address: they do not hear each other otherwise`,
    );
  const missing = one.addresses.find(({ ip }) => other.addresses.every((each) => each.ip !== ip));
  const extra = other.addresses.find(({ ip }) => one.addresses.every((each) => each.ip !== ip));
  if (missing === undefined && extra === undefined) return;
  throw new ImportError(
    extra?.place ?? other.place,
    extra === undefined
      ? say`${other.name} lacks the address ${missing?.ip}, which ${named(one)} has (${whereIs(missing?.place ?? one.place)})`
      : missing === undefined
        ? say`${other.name} has the address ${extra.ip}, and ${named(one)} lacks it (${whereIs(one.place)})`
        : say`${other.name} has the address ${extra.ip}, and ${named(one)} has ${missing.ip} (${whereIs(missing.place)})`,
    say`list the same addresses on all hosts of an instance`,
  );
}

function named({ name }: InstanceDraft): string {
  return say`the other file's ${name}`;
}

function whereIs({ source, line }: Place): string {
  return `${source.name}:${line}`;
}
