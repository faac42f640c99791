/**
 * The output of commands with `--format json`. schemas/reports has a JSON Schema of each, made from these types by npm run
 * generate, and docs/json.md describes them.
 */

import type { AddressHolders } from "../deploy/address-holders.ts";
import type { AnnouncedVip } from "../deploy/announced-vips.ts";
import type { DirectorDrain, OpenConnections } from "../deploy/drain.ts";
import type { HandedOver } from "../deploy/hand-over.ts";
import type { HostReport } from "../deploy/report.ts";
import type { RetiredHost } from "../deploy/retire/report.ts";
import type { RolledHost } from "../deploy/roll/report.ts";
import type { HostStatus } from "../deploy/status.ts";
import type { Change, Fate, HostFiles } from "../diff/compare-clusters.ts";
import type { Effect, ImportCode } from "../import/notes.ts";
import type { CheckEvent, OmissionEvent } from "../lab/events.ts";
import type { TargetKernels } from "../lab/report/targets.ts";
import type { Finding } from "../lint/finding.ts";
import type { Conflict } from "../output/compare.ts";
import type { Provision } from "../plan/provision/provision.ts";
import type { Opening, Resource, Role } from "../plan/resources.ts";
import type { InitSystem } from "../platforms/platform.ts";
import type { CodeExplanation } from "../rules/explain/explanations.ts";
import type { Diagnostic, Severity } from "../topology/diagnostics.ts";
import type { ServiceVerdict } from "../verify/verify.ts";
import { writeData } from "./streams.ts";

/** By the name of its schema. */
export interface Reports {
  readonly validate: ValidateReport;
  readonly validations: ValidationsReport;
  readonly explanation: ExplanationReport;
  readonly explanations: ExplanationsReport;
  readonly plan: PlanReport;
  readonly render: RenderReport;
  readonly "render-check": RenderCheckReport;
  readonly diff: DiffReport;
  readonly lint: LintReport;
  readonly lab: LabRunReport;
  readonly deploy: DeployReport;
  readonly status: StatusReport;
  readonly drain: DrainReport;
  readonly undrain: UndrainReport;
  readonly roll: RollReport;
  readonly verify: VerifyReport;
  readonly retire: RetireReport;
  readonly undeploy: UndeployReport;
  readonly import: ImportReport;
}

/** `lvsgen validate FILE`; every other command prints it for a topology that it refuses. */
export interface ValidateReport {
  /** The name on the command line; `-` is standard input. */
  readonly file: string;
  /** Whether there is no error; there may be warnings. */
  readonly valid: boolean;
  /** In the order of the text, without the warnings that the topology's `ignore` accepts. */
  readonly diagnostics: readonly Diagnostic[];
  /** How many warnings it accepts. */
  readonly ignored: number;
}

/** `lvsgen validate FILE FILE...`: of several files. */
export interface ValidationsReport {
  /** Whether none of them has an error. */
  readonly valid: boolean;
  /** In the order of the command line. */
  readonly files: readonly ValidateReport[];
}

/** `lvsgen validate --explain CODE`. */
export interface ExplanationReport extends CodeExplanation {}

/** `lvsgen validate --explain list`. */
export interface ExplanationsReport {
  readonly codes: readonly CodeExplanation[];
}

/** `lvsgen plan FILE`: the desired state of each host. */
export interface PlanReport {
  /** In the order of the topology. */
  readonly hosts: readonly PlannedHost[];
}

export interface PlannedHost {
  readonly host: string;
  /** Its id, as in the topology. */
  readonly os: string;
  readonly init: InitSystem;
  /** `major.minor`, which decides what features there are. */
  readonly kernel: string;
  /** Its own addresses, without prefix lengths. */
  readonly addresses: readonly string[];
  /** What setup.sh provides beside scripts and their services. */
  readonly provision: Provision;
  readonly roles: readonly PlannedRole[];
}

export interface PlannedRole {
  readonly role: Role;
  /** The script's file name. */
  readonly script: string;
  /** Interfaces that must exist. */
  readonly interfaces: readonly string[];
  /** In the order of `start`; `stop` uses the reverse order. */
  readonly resources: readonly Resource[];
  /** What the firewall must allow, if that is printed and not applied. */
  readonly openings: readonly Opening[];
}

/** `lvsgen render FILE`: paths below `out`. */
export interface RenderReport {
  readonly out: string;
  readonly created: readonly string[];
  readonly updated: readonly string[];
  readonly removed: readonly string[];
  /** How many files did not change. */
  readonly unchanged: number;
  /** Files that lvsgen did not write, which stay. */
  readonly foreign: readonly string[];
  /** Hosts that are no longer rendered; each keeps what its setup.sh installed until `lvsgen retire`. */
  readonly removedHosts: readonly string[];
  /**
   * Files that lvsgen did not write and would overwrite, and the manifest if the output is another cluster's: then it
   * writes nothing.
   */
  readonly conflicts: readonly Conflict[];
}

/** `lvsgen render FILE --check`. */
export interface RenderCheckReport {
  readonly fresh: boolean;
  /** What a render would change, by path. */
  readonly stale: readonly StaleFile[];
}

export interface StaleFile {
  readonly path: string;
  readonly change: "create" | "update" | "remove";
  /** Whether the file is not as the last render left it; a render refuses to overwrite edits without --force. */
  readonly byHand: boolean;
}

/** `lvsgen diff OLD NEW`. */
export interface DiffReport {
  /** Whether nothing changes. */
  readonly same: boolean;
  readonly changes: readonly Change[];
  /** Hosts whose files change, in the order of the new topology; removed hosts at the end. */
  readonly hosts: readonly HostFiles[];
  /** The worst effect on open connections. */
  readonly connections: Fate;
}

/** `lvsgen lint PATH`. */
export interface LintReport {
  /** How many were linted. */
  readonly files: number;
  readonly findings: readonly Finding[];
}

/** `lvsgen lab FILE`. */
export interface LabRunReport {
  /** The cluster's name. */
  readonly cluster: string;
  readonly backend: string;
  /** Release of the kernel that the scripts ran on; of several, with commas. */
  readonly kernel: string;
  /** Kernels that the hosts run, by their operating systems. */
  readonly targets: readonly TargetKernels[];
  readonly milliseconds: number;
  readonly passed: number;
  readonly failed: number;
  /** What was not tried: neither passed nor failed. */
  readonly notTried: readonly LabOmission[];
  /** Milliseconds by scenario. */
  readonly durations: Readonly<Record<string, number>>;
  readonly checks: readonly LabCheck[];
  /** Command that runs the failed scenarios again; null where none failed. */
  readonly repeat: string | null;
}

export interface LabCheck extends Omit<CheckEvent, "type"> {
  /** Release of the kernel that it was made on. */
  readonly kernel: string;
}

export interface LabOmission extends Omit<OmissionEvent, "type"> {}

/** `lvsgen deploy FILE`. */
export interface DeployReport {
  readonly dryRun: boolean;
  /** In the order of the changes. */
  readonly hosts: readonly HostReport[];
}

/** `lvsgen status FILE`. */
export interface StatusReport {
  readonly hosts: readonly HostStatus[];
  /** Left out where the topology has none. */
  readonly floatingAddresses?: readonly AddressHolders[];
  /** Left out where directors do not announce their VIPs. */
  readonly announcedVips?: readonly AnnouncedVip[];
}

/** `lvsgen drain FILE HOST`. */
export interface DrainReport extends UndrainReport {
  /** Whether it stays drained after a reboot of a director. */
  readonly kept: boolean;
  /** Whether every director did it, no connection is left and other hosts have its addresses. */
  readonly finished: boolean;
  /** Of a real server: connections at the end, by director. */
  readonly open: readonly OpenConnections[];
  /** Of a director: its addresses, and who has them at the end. */
  readonly addresses: readonly HandedOver[];
}

/** `lvsgen undrain FILE HOST`. */
export interface UndrainReport {
  /** The name of the real server's or director's host, or its address. */
  readonly server: string;
  /** Those that note it, in order of priority. */
  readonly directors: readonly DirectorDrain[];
}

/** `lvsgen roll FILE --each COMMAND`. */
export interface RollReport {
  readonly dryRun: boolean;
  readonly command: string;
  /** In the order of the roll. */
  readonly hosts: readonly RolledHost[];
}

/** `lvsgen verify FILE`. */
export interface VerifyReport {
  /** One for each address and port. */
  readonly services: readonly ServiceVerdict[];
}

/** `lvsgen retire HOST`. */
export interface RetireReport {
  readonly dryRun: boolean;
  /** In the order of the changes. */
  readonly hosts: readonly RetiredHost[];
}

/** `lvsgen undeploy FILE`. */
export interface UndeployReport extends RetireReport {}

/** `lvsgen import FILE --format json`. */
export interface ImportReport {
  /** Whether there is a topology without errors. */
  readonly valid: boolean;
  /** As in schemas/topology.schema.json; null if the text cannot be read. */
  readonly topology: object | null;
  /** Virtual services. */
  readonly services: ImportShare;
  /** Real servers of all services. */
  readonly servers: ImportShare;
  /** Addresses that move between hosts, of texts without services. */
  readonly floatingAddresses: ImportShare;
  /** Of the imported text first, the most important at the beginning; then of the topology. */
  readonly diagnostics: readonly (ImportDiagnostic | Diagnostic)[];
}

/** How much of the texts the topology has. */
export interface ImportShare {
  readonly imported: number;
  readonly seen: number;
}

/** A place whose import is incomplete, guessed or refused. */
export interface ImportDiagnostic {
  readonly code: ImportCode;
  readonly severity: Severity;
  /** What it is about: packets that go another way, a made-up value, or anything else. */
  readonly effect: Effect;
  /** The imported file. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
  /** JSON pointer into the new topology; empty if no place in it is concerned. */
  readonly pointer: string;
  readonly message: string;
  /** What to do. */
  readonly hint: string;
}

/** Rises when a property changes its meaning or disappears; a new property does not raise it. */
export const reportVersion = 1;

export function reportJson<Name extends keyof Reports>(_name: Name, report: Reports[Name]): string {
  return `${JSON.stringify({ version: reportVersion, ...report }, null, 2)}\n`;
}

export function writeReport<Name extends keyof Reports>(name: Name, report: Reports[Name]): void {
  writeData(reportJson(name, report));
}
