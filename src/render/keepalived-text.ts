/** keepalived's part of a plan in words. */

import { listed } from "../base/counted.ts";
import { say } from "../languages/say.ts";
import type { KeepalivedResource, KeepalivedService, VrrpInstance } from "../plan/resources.ts";
import type { CheckType, HealthCheck } from "../topology/model.ts";
import { destinationText, serviceLines } from "./service-text.ts";
import { trackText } from "./track-text.ts";

export function keepalivedText(keepalived: KeepalivedResource): string[] {
  const { instances, services, sync, notification } = keepalived;
  return [
    say`keepalived with`,
    ...instances.flatMap((instance) => [
      `  ${instanceText(instance)}`,
      ...trackLines(keepalived, instance).map((line) => `    ${line}`),
    ]),
    ...services.flatMap((service) => serviceText(service).map((line) => `  ${line}`)),
    ...(sync === null ? [] : [`  ${say`connection sync on ${sync.interface}, sync id ${sync.syncId}`}`]),
    ...(notification === null ? [] : [`  ${say`mail to ${listed(notification.emails)}`}`]),
  ];
}

/** e.g. `web: VRRP 51 on eth0, priority 150, adverts every 1 s to 192.168.1.3: 192.168.1.200/32`; with their own link `… on eth1`. Directors' have no name. */
export function instanceText(instance: VrrpInstance): string {
  const {
    interface: name,
    virtualRouterId,
    priority,
    advertInterval,
    peers,
    addresses,
    carriers,
    floating,
  } = instance;
  const to = peers.length === 0 ? say`the group` : listed(peers);
  const moving = addresses.map((address, at) =>
    carriers[at] === name ? address : say`${address} on ${carriers[at]}, which is tracked`,
  );
  const text = say`VRRP ${virtualRouterId} on ${name}, priority ${priority}, adverts every ${advertInterval} s to ${to}: ${listed(moving)}`;
  return floating === undefined ? text : say`${instance.name}: ${text}`;
}

/** What an instance watches, and what follows. */
function trackLines({ tracks: all = [] }: KeepalivedResource, { tracks = [] }: VrrpInstance): string[] {
  return tracks.flatMap(({ name, weight }) => {
    const track = all.find((each) => each.name === name)?.track;
    if (track === undefined) return [];
    const what = trackText({ ...track, weight });
    return [
      weight === null
        ? say`gives up while this fails: ${what}`
        : say`loses priority while this fails: ${what}`,
    ];
  });
}

/**
 * e.g. `http /health every 3 s`. Without the arguments of a program: lvs_dr.sh has this text in quotes, and they may
 * have any character.
 */
export function checkText(check: HealthCheck): string {
  return checkWords({ ...check, arguments: [] });
}

/** e.g. `script /usr/local/bin/check {address} "my db" every 3 s`. */
export function checkWords({ type, path, command, arguments: args, port, interval }: HealthCheck): string {
  const pages: readonly CheckType[] = ["http", "https"];
  const program = command === null ? [] : [command, ...args.map((each) => shownArgument(each))];
  const what = [type, ...(pages.includes(type) ? [path] : program)].join(" ");
  return port === null ? say`${what} every ${interval} s` : say`${what} on port ${port} every ${interval} s`;
}

function shownArgument(argument: string): string {
  return /^[^\s"'\\]+$/.test(argument) ? argument : JSON.stringify(argument);
}

function serviceText(service: KeepalivedService): string[] {
  const [title = "", ...servers] = serviceLines(service);
  const { check, quorum, sorryServer } = service;
  return [
    title,
    ...servers.map((line) => `  ${line}`),
    ...(check === null ? [] : [`  ${say`checked by ${checkWords(check)}`}`]),
    ...(sorryServer === null ? [] : [`  ${say`${destinationText(sorryServer)} when no server is up`}`]),
    ...(quorum > 1 ? [`  ${say`quorum ${quorum}`}`] : []),
  ];
}
