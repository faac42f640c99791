/** Ways in which what a host's tracks look at fails, one row each. */

import type { Machine } from "../../guest/machine.ts";
import type { LabApplication, LabTrack } from "../../spec.ts";

/** A fault of one thing on one host. */
export interface Fault {
  /** e.g. `nginx is killed`: also a part of the checks' names. */
  readonly name: string;
  /** e.g. `nginx runs again`. */
  readonly over: string;
  /** Whether a track looks at what fails. */
  readonly concerns: (track: LabTrack) => boolean;
  /** Whether a track sees this way to fail. */
  readonly isSeenBy: (track: LabTrack) => boolean;
  /** Seconds until a track that sees it counts as failed, at most. */
  readonly seconds: (track: LabTrack) => number;
  readonly begin: (machine: Machine) => Promise<void>;
  readonly end: (machine: Machine) => Promise<void>;
}

const SHELL = "#!/bin/sh\n";

/** All faults of a host, those of its programs first. */
export function faultsOf(machine: Machine, tracks: readonly LabTrack[]): Fault[] {
  const { applications } = machine.host;
  return [
    ...applications.flatMap((application) =>
      applicationFaults(application, machine.applications.nameOf(application)),
    ),
    ...unique(tracks, "script").flatMap(scriptFaults),
    ...unique(tracks, "interface").map(interfaceFault),
    ...unique(tracks, "file").map(fileFault),
  ];
}

function unique(tracks: readonly LabTrack[], type: LabTrack["type"]): LabTrack[] {
  return [
    ...new Map(tracks.filter((track) => track.type === type).map((track) => [track.name, track])).values(),
  ];
}

/** Checks in a row, each of which is begun when the last one has ended. */
const refused = ({ interval, fall }: LabTrack): number => interval * fall;
const unanswered = ({ interval, timeout, fall }: LabTrack): number =>
  Math.max(interval, timeout) * fall + timeout;

function applicationFaults(application: LabApplication, name: string): Fault[] {
  const asks = ({ type, port }: LabTrack): boolean =>
    (type === "http" || type === "tcp") && application.ports.some((own) => own.port === port);
  const looks = (track: LabTrack): boolean => track.type === "process" && track.name === application.process;
  const concerns = (track: LabTrack): boolean => asks(track) || looks(track);
  const end = (machine: Machine): Promise<void> => machine.applications.startOne(application);
  return [
    {
      name: `${name} is killed`,
      over: `${name} runs again after it was killed`,
      concerns,
      isSeenBy: concerns,
      seconds: refused,
      begin: (machine) => machine.applications.signal(application, "KILL"),
      end,
    },
    {
      name: `${name} hangs`,
      over: `${name} does not hang any more`,
      concerns,
      // The kernel goes on to take connections, and the process is there.
      isSeenBy: (track) => track.type === "http" && asks(track),
      seconds: unanswered,
      begin: (machine) => machine.applications.signal(application, "STOP"),
      end: (machine) => machine.applications.signal(application, "CONT"),
    },
    {
      name: `${name} is stopped`,
      over: `${name} runs again after it was stopped`,
      concerns,
      isSeenBy: concerns,
      seconds: refused,
      begin: (machine) => machine.applications.signal(application, "TERM"),
      end,
    },
  ];
}

function scriptFaults({ name }: LabTrack): Fault[] {
  const isIt = (track: LabTrack): boolean => track.type === "script" && track.name === name;
  const becomes =
    (text: string) =>
    async (machine: Machine): Promise<void> =>
      machine.namespace.installText(`${SHELL}${text}\n`, name);
  const common = { concerns: isIt, isSeenBy: isIt, end: becomes("exit 0") };
  return [
    {
      ...common,
      name: `${name} fails`,
      over: `${name} succeeds again`,
      seconds: refused,
      begin: becomes("exit 1"),
    },
    {
      ...common,
      name: `${name} hangs`,
      over: `${name} does not hang any more`,
      seconds: unanswered,
      begin: becomes("exec sleep 3600"),
    },
  ];
}

/** keepalived hears of interfaces and files from the kernel, at once. */
function interfaceFault({ name }: LabTrack): Fault {
  const isIt = (track: LabTrack): boolean => track.type === "interface" && track.name === name;
  return {
    name: `${name} loses its carrier`,
    over: `${name} has a carrier again`,
    concerns: isIt,
    isSeenBy: isIt,
    seconds: () => 0,
    begin: (machine) => machine.unplug(name),
    end: (machine) => machine.plugIn(name),
  };
}

/** With a weight the number counts so often: the sign is the other one. */
function fileFault({ name, weight }: LabTrack): Fault {
  const isIt = (track: LabTrack): boolean => track.type === "file" && track.name === name;
  const write =
    (number: number) =>
    async (machine: Machine): Promise<void> =>
      machine.namespace.writeFile(name, `${number}\n`);
  return {
    name: `${name} says that it fails`,
    over: `${name} says that all is well`,
    concerns: isIt,
    isSeenBy: isIt,
    seconds: () => 0,
    begin: write((weight ?? -1) > 0 ? -1 : 1),
    end: write(0),
  };
}
