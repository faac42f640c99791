/**
 * What is done on a machine, boot by boot. Reports carry the names that verdict.ts reads.
 *
 * Boot 1: set up, again, uninstall, set up; reboot. Boot 2: look, reload; where timers repair, take the VIPs away,
 * then stop by hand and start again; power off.
 */

import { quoteWord } from "../../base/quote-word.ts";
import type { HostPlan } from "../../plan/host-plan.ts";
import type { AddressResource } from "../../plan/resources.ts";
import { roles } from "../../render/roles.ts";
import type { InitProgram } from "./init-systems.ts";
import { FOLDER } from "./machine-files.ts";
import { comingInstances } from "./without-programs.ts";

/** Periods of the timer that its repair may take, one of which it may just have missed. */
const PERIODS = 3;
/** Seconds that a busy machine's repair may take on top. */
const GRACE = 60;

/** Script names of the host's roles, e.g. `lvs_dr`: also the names of their services. */
export function servicesOf(plan: HostPlan): string[] {
  return plan.roles.map(({ role }) => roles[role].script);
}

export function timersOf(plan: HostPlan): string[] {
  const { init, reassert } = plan.host;
  return init === "systemd" && reassert > 0
    ? servicesOf(plan).map((service) => `${service}-reassert.timer`)
    : [];
}

export function vipsOf(plan: HostPlan): AddressResource[] {
  return plan.roles
    .flatMap(({ resources }) => resources)
    .filter((resource): resource is AddressResource => resource.kind === "address");
}

/** Addresses that come when keepalived has found that nobody else has them. */
export function movingOf(plan: HostPlan): Pick<AddressResource, "address" | "interface">[] {
  return plan.roles
    .flatMap(({ resources }) => resources)
    .flatMap((resource) => (resource.kind === "keepalived" ? comingInstances(resource) : []))
    .flatMap(({ addresses, carriers }) =>
      addresses.map((address, at) => ({ address, interface: carriers[at] ?? "" })),
    );
}

export function phasesOf(plan: HostPlan, init: InitProgram): string[] {
  return [setUp(plan), lookAround(plan, init)];
}

function setUp({ host }: HostPlan): string {
  const setup = `sh /root/${quoteWord(host.name)}/setup.sh`;
  return `try setup ${setup}
try again ${setup}
try uninstall ${setup} --uninstall
state gone
find /etc /usr/local /var/lib '(' -name 'lvs_*' -o -name '[SK][0-9][0-9]lvs_*' -o -name lvsgen ')' >${FOLDER}/out/left
try afterwards ${setup}
state set
reboot`;
}

function lookAround(plan: HostPlan, init: InitProgram): string {
  const services = servicesOf(plan);
  const units = [...services, ...timersOf(plan)];
  return [
    ...(movingOf(plan).length > 0 ? [waitFor(plan, allThere(movingOf(plan)))] : []),
    "state back",
    // With what the state leaves out where it is the kernel's own.
    `{
  cat ${FOLDER}/out/back
  grep -s '' /proc/sys/net/ipv4/vs/* | sed 's/^/sysctl /'
  [ ! -e /proc/net/ip_vs ] || ipvsadm -L --timeout | sed 's/^/timeouts /'
} >${FOLDER}/out/values`,
    ...units.map((unit) => `try active-${unit} ${init.isActive(unit)}`),
    ...services.map((service) => `try check-${service} /usr/local/sbin/${service}.sh check`),
    ...services.map((service) => `try reload-${service} ${init.reload(service)}`),
    ...(timersOf(plan).length > 0 ? [takeVips(plan), stopByHand(plan)] : []),
    ...services.map((service) => `{ ${init.look(service)}; } >${FOLDER}/out/look-${service} 2>&1`),
    "state end",
    "poweroff",
  ].join("\n");
}

/** A network manager takes the VIPs: the timers bring them back. */
function takeVips(plan: HostPlan): string {
  const vips = vipsOf(plan);
  return [
    ...vips.map((vip) => `ip addr del ${vip.address} dev ${quoteWord(vip.interface)}`),
    waitFor(plan, allThere(vips)),
    "state healed",
  ].join("\n");
}

/** A shell condition. */
function allThere(vips: readonly Pick<AddressResource, "address" | "interface">[]): string {
  return vips
    .map((vip) => `ip -o addr show dev ${quoteWord(vip.interface)} | grep -qF ' ${vip.address} '`)
    .join(" && ");
}

/** What is stopped by hand stays stopped: the timers' next run finds nothing to do, and that is no failure. */
function stopByHand(plan: HostPlan): string {
  return servicesOf(plan)
    .flatMap((service) => [
      `systemctl stop ${service}`,
      waitFor(plan, `journalctl -b -u ${service}-reassert.service | grep -q 'nothing to reload'`),
    ])
    .concat(
      "state stopped",
      servicesOf(plan).flatMap((service) => [
        `try calm-${service} sh -c '! systemctl -q is-failed ${service}-reassert.service'`,
        `try start-${service} systemctl start ${service}`,
      ]),
    )
    .join("\n");
}

/** Waits for a shell condition as long as the timers, and an election, may take. */
function waitFor({ host }: HostPlan, condition: string): string {
  return `waited=0
until ${condition}; do
  [ "$waited" -lt ${host.reassert * PERIODS + GRACE} ] || break
  sleep 1
  waited=$((waited + 1))
done`;
}
