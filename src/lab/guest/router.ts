/** A router of the lab: forwards, and where there are several ways to a VIP speaks BGP and spreads what it forwards. */

import type { LabRouter } from "../spec.ts";
import type { Namespace } from "./namespace.ts";
import { waitFor } from "./wait.ts";

const FOLDER = "/run/lab-bird";
const SOCKET = `${FOLDER}/socket`;

/** Parts of a packet that count (ip-sysctl.rst, fib_multipath_hash_fields): protocol, source port and both addresses. */
const WITHOUT_DESTINATION_PORT = 0x0017;

/** Linux 5.12 and later let one choose the parts; before that all routers choose by the connection. */
const SPREADING: Readonly<Record<LabRouter["spreadsBy"], string>> = {
  connection: "echo 1 >$policy",
  "source port": `echo ${WITHOUT_DESTINATION_PORT} >$fields && echo 3 >$policy || echo 1 >$policy`,
};

export async function startRouter(namespace: Namespace): Promise<void> {
  await namespace.look(
    "echo 1 >/proc/sys/net/ipv4/ip_forward; [ ! -e /proc/sys/net/ipv6 ] || echo 1 >/proc/sys/net/ipv6/conf/all/forwarding",
  );
  const { router, name } = namespace.host;
  if (router === null) return;
  await namespace.look(
    `policy=/proc/sys/net/ipv4/fib_multipath_hash_policy fields=/proc/sys/net/ipv4/fib_multipath_hash_fields\n${SPREADING[router.spreadsBy]}`,
  );
  for (const { vip, via } of router.ways)
    await namespace.look(
      `ip route add ${vip}/32 ${via.map((address) => `nexthop via ${address}`).join(" ")}`,
    );
  if (router.bird === "") return;
  namespace.writeFile(`${FOLDER}/bird.conf`, router.bird);
  const { code, stderr } = await namespace.look(`bird -c ${FOLDER}/bird.conf -s ${SOCKET} -P ${FOLDER}/pid`);
  if (code !== 0) throw new Error(`${name}: BIRD does not start: ${stderr.trim()}`);
  await waitFor(async () => (await birdc(namespace, "show status")).includes("up"), `BIRD of ${name}`);
}

/** What a router's BIRD says. @param command of birdc(8) */
export async function birdc(namespace: Namespace, command: string): Promise<string> {
  return (await namespace.look(`birdc -s ${SOCKET} ${command}`)).stdout;
}

/** Next hops that a router's kernel has for an address. */
export async function nextHops(
  { namespace }: { readonly namespace: Namespace },
  vip: string,
): Promise<string[]> {
  const { stdout } = await namespace.look(`ip -4 route show ${vip}/32`);
  return [...stdout.matchAll(/\bvia (\S+)/g)].map(([, via = ""]) => via);
}
