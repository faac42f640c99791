/** keepalived's part of a plan in words. */

import type { KeepalivedResource, KeepalivedService, VrrpInstance } from "../plan/resources.ts";
import type { CheckType, HealthCheck } from "../topology/model.ts";
import { destinationText, serviceLines } from "./service-text.ts";

export function keepalivedText({ instances, services, sync, notification }: KeepalivedResource): string[] {
  return [
    "keepalived with",
    ...instances.map((instance) => `  ${instanceText(instance)}`),
    ...services.flatMap((service) => serviceText(service).map((line) => `  ${line}`)),
    ...(sync === null ? [] : [`  connection sync on ${sync.interface}, sync id ${sync.syncId}`]),
    ...(notification === null ? [] : [`  mail to ${notification.emails.join(", ")}`]),
  ];
}

/** e.g. `VRRP 51 on eth0, priority 150, adverts every 1 s to 192.168.1.3: 192.168.1.200/32`. */
export function instanceText(instance: VrrpInstance): string {
  const { interface: name, virtualRouterId, priority, advertInterval, peers, addresses } = instance;
  const to = peers.length === 0 ? "the group" : peers.join(", ");
  const adverts = `adverts every ${advertInterval} s to ${to}`;
  return `VRRP ${virtualRouterId} on ${name}, priority ${priority}, ${adverts}: ${addresses.join(", ")}`;
}

/** e.g. `http /health every 3 s`. */
export function checkText({ type, path, command, port, interval }: HealthCheck): string {
  const pages: readonly CheckType[] = ["http", "https"];
  const what = pages.includes(type) ? [path] : command === null ? [] : [command];
  const where = port === null ? [] : [`on port ${port}`];
  return [type, ...what, ...where, `every ${interval} s`].join(" ");
}

function serviceText(service: KeepalivedService): string[] {
  const [title = "", ...servers] = serviceLines(service);
  const { check, quorum, sorryServer } = service;
  return [
    title,
    ...servers.map((line) => `  ${line}`),
    ...(check === null ? [] : [`  checked by ${checkText(check)}`]),
    ...(sorryServer === null ? [] : [`  ${destinationText(sorryServer)} when no server is up`]),
    ...(quorum > 1 ? [`  quorum ${quorum}`] : []),
  ];
}
