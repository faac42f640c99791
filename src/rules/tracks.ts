/** Rules about what hosts watch: the settings of tracks, and whom they ask. */

import { listed } from "../base/counted.ts";
import { pointerOf } from "../base/json-pointer.ts";
import { isOlder } from "../base/versions.ts";
import { say } from "../languages/say.ts";
import { inOpenFolder } from "../plan/open-folders.ts";
import { keyOf } from "../plan/tracks.ts";
import type { TrackType } from "../topology/model.ts";
import { type PlacedTrack, placedTracks } from "./placed-tracks.ts";
import { placedFloating } from "./places.ts";
import type { Rule, RuleContext } from "./rule.ts";

type Key = "address" | "port" | "path" | "status" | "name" | "command" | "arguments" | "user" | TimeKey;
type TimeKey = "interval" | "timeout" | "rise" | "fall";

const times: readonly TimeKey[] = ["interval", "timeout", "rise", "fall"];

interface Keys {
  readonly needs: readonly Key[];
  readonly may: readonly Key[];
}

/** The settings of each type of track, beside the weight. */
const keysOf: Readonly<Record<TrackType, Keys>> = {
  http: { needs: ["port"], may: ["address", "path", "status", ...times] },
  tcp: { needs: ["port"], may: ["address", ...times] },
  process: { needs: ["name"], may: times },
  script: { needs: ["command"], may: ["arguments", "user", ...times] },
  interface: { needs: ["name"], may: [] },
  file: { needs: ["path"], may: [] },
};

const allKeys: readonly Key[] = [
  "address",
  "port",
  "path",
  "status",
  "name",
  "command",
  "arguments",
  "user",
  ...times,
];

const example = (track: string) => `
        floatingAddresses:
          - name: web
            address: 192.168.1.210/24
            hosts: [pi2, pi3]
            track: [${track}]`;

const onDebian13 = (track: string) => `
        defaults: { os: debian-13 }${example(track)}`;

export const trackRules: readonly Rule[] = [
  {
    code: "LVS270",
    name: "setting of another type of track",
    severity: "error",
    explain: {
      what: `
        A track has a setting that its type does not use, such as a path with tcp, or lacks one that it needs, such as
        the port with http.`,
      why: `
        A track of the type tcp only connects: it never asks for the page, and a program that answers every request with
        an error counts as working. Without a port, a name or a command there is nothing to watch.`,
      fix: `
        Choose the type that uses the setting, remove the setting, or add what is missing.`,
      wrong: example("{ type: tcp, port: 80, path: /health }"),
      right: example("{ type: http, port: 80, path: /health }"),
    },
    check: (context) => placedTracks(context).flatMap((placed) => settingProblems(placed)),
  },
  {
    code: "LVS271",
    name: "track of the interface that adverts go over",
    severity: "warning",
    explain: {
      what: `
        A track of the type interface names the interface that carries the address on one of its hosts.`,
      why: `
        keepalived watches that interface in any case: without it a host cannot send adverts, and gives the address up.
        A weight has no effect there. lvsgen leaves the track out, as keepalived complains of it.`,
      fix: `
        Remove the track. Other interfaces, such as the one to the servers behind, are worth one.`,
      wrong: example("{ type: interface, name: eth0 }"),
      right: `
        hosts:
          pi2: { interfaces: { eth0: 192.168.1.107/24, eth1: 10.0.0.2/24 } }
          pi3: { interfaces: { eth0: 192.168.1.108/24, eth1: 10.0.0.3/24 } }${example("{ type: interface, name: eth1 }")}`,
    },
    check: (context) =>
      placedTracks(context).flatMap(({ value, pointer, interfaces }) =>
        value.type !== "interface" || value.name === undefined || !interfaces.has(value.name)
          ? []
          : {
              pointer: `${pointer}/name`,
              message: say`${value.name} is watched in any case: adverts go over it`,
              hint: say`remove the track`,
            },
      ),
  },
  {
    code: "LVS272",
    name: "track that asks a moving address",
    severity: "warning",
    explain: {
      what: `
        A track of the type http or tcp asks a floating address or a VIP.`,
      why: `
        The address is on one host at a time. On every other host the question leaves for the master, whose program
        answers: a host whose own program is down counts as working, and gets the address when the master fails.`,
      fix: `
        Remove "address", so that the host asks itself, or name an address that each host has for itself. If the program
        listens at the floating address alone, use the type process.`,
      wrong: example("{ type: http, port: 80, address: 192.168.1.210 }"),
      right: example("{ type: http, port: 80 }"),
    },
    check: (context) => {
      const { floating, services } = context.cluster;
      const moving = new Set([...floating.map(({ ip }) => ip), ...services.map(({ vip }) => vip)]);
      return placedTracks(context).flatMap(({ value, pointer }) =>
        value.address === undefined || !moving.has(value.address)
          ? []
          : {
              pointer: `${pointer}/address`,
              message: say`${value.address} moves: other hosts would ask the one that has it, not themselves`,
              hint: say`remove "address": then the host asks itself`,
            },
      );
    },
  },
  {
    code: "LVS273",
    name: "program of root in a folder that others may write to",
    severity: "error",
    explain: {
      what: `
        root would run a program from /tmp, a home directory, or another folder in which other users can put files.`,
      why: `
        Whoever can replace the program becomes root. keepalived refuses such a script (enable_script_security): it goes
        on without the track, and the address stays on a host whose program is down.`,
      fix: `
        Move the program to /usr/local/sbin or /etc/keepalived, owned by root, or set "user" to a user without rights.`,
      wrong: example("{ type: script, command: /tmp/check-db }"),
      right: example("{ type: script, command: /usr/local/sbin/check-db }"),
    },
    check: (context) =>
      [...placedTracks(context), ...placedNotify(context)].flatMap(({ value, pointer }) =>
        (value.user ?? "root") !== "root" || !inOpenFolder(value.command ?? "")
          ? []
          : {
              pointer: `${pointer}/command`,
              message: say`root would run ${value.command}, which other users can replace`,
              hint: say`move it to /usr/local/sbin, owned by root, or set "user"`,
            },
      ),
  },
  {
    code: "LVS277",
    name: "program of root under a linked folder",
    severity: "error",
    explain: {
      what: `
        root would run a track's program by a path under /bin or /sbin, on a host whose keepalived is 2.3 or newer.`,
      why: `
        These folders are links to /usr/bin and /usr/sbin there. keepalived counts a link as something that others may
        change, and goes on without the track ("Disabling track script ... due to insecure", seen with Debian 13's
        2.3.3; 2.2.7 takes it). The address then stays on a host whose program is down.`,
      fix: `
        Write the path with /usr: /usr/bin/pgrep.`,
      wrong: onDebian13("{ type: script, command: /bin/pgrep, arguments: [-x, nginx] }"),
      right: onDebian13("{ type: script, command: /usr/bin/pgrep, arguments: [-x, nginx] }"),
    },
    check: (context) =>
      placedTracks(context).flatMap(({ value: { command = "", user = "root" }, pointer, hosts }) => {
        const host = hosts.find(({ platform }) => refusesLinks(platform.keepalived));
        return host === undefined || user !== "root" || !linkedFolder.test(command)
          ? []
          : {
              pointer: `${pointer}/command`,
              message: say`keepalived ${host.platform.keepalived ?? ""} on ${host.name} does not run ${command}: its folder is a link`,
              hint: say`write /usr${command}`,
            };
      }),
  },
  {
    code: "LVS278",
    name: "same track twice",
    severity: "error",
    explain: {
      what: `
        A list of tracks has the same track twice, perhaps with different weights.`,
      why: `
        What fails would count twice, or give the address up and lower the priority at the same time. keepalived refuses
        the whole file ("duplicate track_script"), so that the host never gets its addresses.`,
      fix: `
        Remove one of them.`,
      wrong: example("{ type: process, name: nginx }, { type: process, name: nginx }"),
      right: example("{ type: process, name: nginx }, { type: http, port: 80 }"),
    },
    check: ({ cluster: { directors, floating } }) =>
      [{ pointer: pointerOf("directors", "vrrp"), track: directors.vrrp.track }, ...floating].flatMap(
        ({ pointer, track }) => {
          const keys = track.map(keyOf);
          return keys.flatMap((key, at) =>
            keys.indexOf(key) === at
              ? []
              : {
                  pointer: `${pointer}/track/${at}`,
                  message: say`this track is number ${keys.indexOf(key) + 1} of the list, too`,
                  hint: say`remove one of them`,
                },
          );
        },
      ),
  },
];

/** Links on every system that has such a keepalived. */
const linkedFolder = /^\/s?bin\//;

function refusesLinks(version: string | null): boolean {
  return version !== null && !isOlder(version, "2.3.0");
}

function placedNotify({ topology }: RuleContext) {
  return placedFloating(topology).flatMap(({ value: { notify, notifyOn = {} }, pointer }) => [
    ...(notify === undefined ? [] : [{ value: notify, pointer: `${pointer}/notify` }]),
    ...Object.entries(notifyOn).map(([state, value]) => ({ value, pointer: `${pointer}/notifyOn/${state}` })),
  ]);
}

function settingProblems({ value, pointer, intact }: PlacedTrack) {
  const keys = keysOf[value.type];
  // A type that the schema refused.
  if (keys === undefined) return [];
  const { needs, may } = keys;
  const given = allKeys.filter((key) => value[key] !== undefined);
  return [
    ...given
      .filter((key) => !needs.includes(key) && !may.includes(key))
      .map((key) => ({
        pointer: `${pointer}/${key}`,
        message: say`a track of the type ${value.type} does not use ${JSON.stringify(key)}`,
        hint: hintFor(key),
      })),
    ...needs
      .filter((key) => value[key] === undefined && intact(`${pointer}/${key}`))
      .map((key) => ({
        pointer,
        message: say`the track has no ${JSON.stringify(key)}, which the type ${value.type} needs`,
        hint: say`add ${JSON.stringify(key)}`,
      })),
  ];
}

function hintFor(key: Key): string {
  const types = Object.entries(keysOf).filter(([, { needs, may }]) => [...needs, ...may].includes(key));
  const names = listed(
    types.map(([type]) => type),
    "or",
  );
  return say`remove it, or use the type ${names}`;
}
