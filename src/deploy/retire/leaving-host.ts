/** A host that lvsgen is taken off. */

import { say } from "../../languages/say.ts";
import type { HostPlan } from "../../plan/host-plan.ts";
import type { Renderer } from "../../render/renderer-core.ts";
import type { Ssh } from "../../topology/model.ts";
import type { HostAnswer } from "../answer.ts";
import { HostFailed, Session, type SessionSettings } from "../session.ts";
import { isComplete } from "./found.ts";
import { type RetireVerb, retireScript } from "./retire-script.ts";
import type { HostKind } from "./uninstaller.ts";

/** For looking, which is the same on all hosts. */
const anyKind: HostKind = { init: "systemd", packages: "apt" };

export class LeavingHost {
  /** As on the command line, or its name in the topology. */
  readonly name: string;
  /** What the topology says about it; null without a topology. */
  readonly plan: HostPlan | null;
  readonly #renderer: Renderer;
  readonly #session: Session;

  constructor(
    renderer: Renderer,
    name: string,
    ssh: Ssh,
    settings: SessionSettings,
    plan: HostPlan | null = null,
  ) {
    this.name = name;
    this.plan = plan;
    this.#renderer = renderer;
    this.#session = new Session(ssh, settings);
  }

  /** @throws HostFailed if the host cannot be asked */
  look({ fresh = false } = {}): Promise<HostAnswer> {
    return this.#ask("look", anyKind, fresh);
  }

  /** @throws HostFailed if the host cannot be asked, or the connection was lost */
  retire(kind: HostKind): Promise<HostAnswer> {
    return this.#ask("retire", kind, false);
  }

  close(): Promise<void> {
    return this.#session.close();
  }

  async #ask(verb: RetireVerb, kind: HostKind, fresh: boolean): Promise<HostAnswer> {
    const answer = await this.#session.ask(retireScript(this.#renderer, this.name, verb, kind), { fresh });
    if (answer.failed === null && !isComplete(answer))
      throw new HostFailed({
        kind: "other",
        words: say`the host's report is incomplete`,
        remedy: say`make space in its /run, then try again`,
      });
    return answer;
  }
}
