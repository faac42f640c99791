/** Datagrams from a network with few free ports; prints the port that each came from. Runs in a namespace of its own. */

import { createSocket } from "node:dgram";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { request } from "../../../src/lab/guest/requests.ts";

/** Two of 32 random ones of 48 are equal but for one time in ten million. */
writeFileSync("/proc/sys/net/ipv4/ip_local_port_range", "40000 40047\n");
const server = createSocket("udp4");
const ports: number[] = [];
server.on("message", (_data, { port, address }) => {
  ports.push(port);
  server.send("web", port, address);
});
server.bind(5060, "127.0.0.1");
await once(server, "listening");
for (let sent = 0; sent < 32; sent++)
  await request({ address: "127.0.0.1", port: 5060, protocol: "udp", callId: `call-${sent % 8}` });
server.close();
console.log(JSON.stringify(ports));
