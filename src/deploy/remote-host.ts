/** A host of a deployment: what it should get, and how to reach it. */

import type { HostPlan } from "../plan/host-plan.ts";
import type { Artifact } from "../render/artifact.ts";
import type { InstalledFile } from "../render/provisioning.ts";
import type { Renderer } from "../render/renderer-core.ts";
import { setupView } from "../render/setup-view.ts";
import type { HostAnswer } from "./answer.ts";
import { filesDigest, type HostRequest, hostScript } from "./host-script.ts";
import { Session, type SessionSettings } from "./session.ts";

export class RemoteHost {
  readonly plan: HostPlan;
  readonly artifacts: readonly Artifact[];
  readonly #renderer: Renderer;
  readonly #session: Session;

  constructor(renderer: Renderer, plan: HostPlan, artifacts: readonly Artifact[], settings: SessionSettings) {
    this.plan = plan;
    this.artifacts = artifacts;
    this.#renderer = renderer;
    this.#session = new Session(plan.host.ssh, settings);
  }

  get name(): string {
    return this.plan.host.name;
  }

  get isDirector(): boolean {
    return this.plan.roles.some(({ role }) => role === "director");
  }

  get digest(): string {
    return filesDigest(this.artifacts);
  }

  get installed(): readonly InstalledFile[] {
    return setupView(this.plan).files;
  }

  /** @throws HostFailed if the host cannot be asked */
  ask(request: HostRequest, options: { readonly fresh?: boolean } = {}): Promise<HostAnswer> {
    return this.#session.ask(hostScript(this.#renderer, this.plan, this.artifacts, request), options);
  }

  /** Runs a command of the user's there, as it is; see {@link Session.execute}. */
  execute(command: string, onText: (text: string) => void): Promise<number> {
    return this.#session.execute(command, onText);
  }

  close(): Promise<void> {
    return this.#session.close();
  }
}
