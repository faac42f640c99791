/** What is said on one TCP connection: HTTP, SMTP, and lines, each answered with the host's name. */

import type { Socket } from "node:net";
import { fixedPage } from "../../fixed-page.ts";
import type { LabPage, LabPort, PortFault } from "../../spec.ts";
import { LARGE_REQUEST, largeAnswer } from "../large.ts";
import { LAB_REQUEST } from "../requests.ts";

export interface Speaker {
  readonly name: string;
  readonly port: LabPort;
  /** At this moment. */
  readonly fault: () => PortFault | null;
}

/** An answer, and whether the connection ends with it. */
interface Answer {
  readonly text: string;
  readonly ends: boolean;
}

const goesOn = (text: string): Answer => ({ text, ends: false });

/** Greets as a mail server does, whose turn it is first. */
export function greet({ name, port, fault }: Speaker, socket: Socket): void {
  if (!port.asked.includes("smtp") || fault() === "hanging") return;
  socket.write(fault() === "wrong" ? `554 ${name} has no service\r\n` : `220 ${name} ESMTP\r\n`);
}

export function answerText(speaker: Speaker, socket: Socket, text: string): void {
  if (speaker.fault() === "hanging") return;
  const { text: said, ends } = answerTo(speaker, text);
  if (ends) socket.end(said);
  else socket.write(said);
}

function answerTo(speaker: Speaker, text: string): Answer {
  const { name, port } = speaker;
  if (text === LARGE_REQUEST) return { text: largeAnswer(name), ends: true };
  if (text.startsWith("GET ")) return { text: page(speaker, text), ends: true };
  if (port.asked.includes("smtp")) {
    if (/^(HELO|EHLO) /i.test(text)) return goesOn(`250 ${name}\r\n`);
    if (/^QUIT\r\n/i.test(text)) return { text: "221 bye\r\n", ends: true };
  }
  return goesOn(`${name}\n`);
}

/** The lab's own clients get the name; a check, which says who it is, what it expects. */
function page({ name, port, fault }: Speaker, request: string): string {
  const asked = request === LAB_REQUEST ? undefined : pageFor(port.pages, request);
  const status = fault() === "wrong" ? (asked?.wrongStatus ?? 500) : (asked?.status ?? 200);
  const body = asked?.isFixed ? fixedPage : `${name}\n`;
  const head = [`HTTP/1.0 ${status} lab`, "Content-Type: text/plain", `Content-Length: ${body.length}`];
  return `${head.join("\r\n")}\r\n\r\n${body}`;
}

function pageFor(pages: readonly LabPage[], request: string): LabPage | undefined {
  const [, path] = request.split(" ");
  const [, host = ""] = /^Host: *([^\r\n:]*)/im.exec(request) ?? [];
  const fitting = pages.filter((page) => page.path === path);
  return fitting.find(({ virtualHost }) => virtualHost === host) ?? fitting[0];
}
