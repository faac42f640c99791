/** Answers the page's calls. A slow call ends early when nobody waits for it any more. */

import { sudoOf } from "./next-steps.ts";
import {
  aliveMessage,
  type Calls,
  type FileGroup,
  type Method,
  pingMessage,
  pongMessage,
  type Request,
  type Response,
} from "./protocol.ts";
import { Session } from "./session.ts";
import { speakIn } from "./speak-in.ts";

const session = new Session();
/** Counts topologies, so that work for an older one ends early. */
let version = 0;

type Handlers = {
  readonly [M in Method]: (
    ...args: Parameters<Calls[M]>
  ) => ReturnType<Calls[M]> | Promise<ReturnType<Calls[M]>>;
};

const handlers: Handlers = {
  check: (topology, how) => {
    version++;
    return session.check(topology, how);
  },
  draw: () => session.draw(),
  preview: (topology) => session.preview(topology),
  group: (name) => session.group(name),
  groups: allGroups,
  file: (path) => session.file(path),
  plan: (host) => session.plan(host),
  steps: () => session.steps(),
  paste: async (host) => {
    const { pasteOf } = await import("./paste.ts");
    return pasteOf(host, session.groupFiles(host), sudoOf(session.cluster.hosts.get(host)?.ssh.user ?? ""));
  },
  changes: () => session.changes(),
  zip: async (group, withTopology) => {
    const { zipOf } = await import("./archive.ts");
    const files = group === null ? session.allFiles() : session.groupFiles(group);
    return zipOf(withTopology ? [...files, session.topologyFile()] : files);
  },
  edit: async (topology, edit) => {
    const { applyEdit, refusalOf } = await import("../form/apply-edit.ts");
    const refusal = refusalOf(topology, edit);
    return { topology: refusal === null ? applyEdit(topology, edit) : topology, refusal };
  },
  convert: async (topology, to) => (await import("../form/convert.ts")).convert(topology, to),
  withoutSecrets: async (topology) => (await import("../form/secrets.ts")).withoutSecrets(topology),
  import: async (sources) => (await import("./import-text.ts")).importText(sources),
};

/** Milliseconds of work before the worker looks for new calls. */
const slice = 12;

async function allGroups(): Promise<FileGroup[] | null> {
  const own = version;
  const groups: FileGroup[] = [];
  let began = performance.now();
  for (const name of session.groupNames) {
    const group = session.group(name);
    if (group !== null) groups.push(group);
    if (performance.now() - began < slice) continue;
    await nextTask();
    if (own !== version) return null;
    began = performance.now();
  }
  return groups;
}

const waiting: (() => void)[] = [];
const { port1, port2 } = new MessageChannel();
port1.onmessage = () => waiting.shift()?.();

/** Lets messages of the page in; a timer would wait four milliseconds each time. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    port2.postMessage(null);
  });
}

async function answer({ id, method, args, language }: Request): Promise<Response> {
  try {
    await speakIn(language);
    const handler = handlers[method] as (...values: readonly unknown[]) => unknown;
    return { id, result: await handler(...args) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}

self.onmessage = async ({ data }: MessageEvent<Request | typeof pingMessage>) => {
  self.postMessage(data === pingMessage ? pongMessage : await answer(data));
};

// Held as long as this worker lives, so that the page notices its end.
void self.navigator.locks?.request(self.name, () => {
  self.postMessage(aliveMessage);
  return new Promise(() => {});
});
