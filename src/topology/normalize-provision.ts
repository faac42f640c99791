/** What setup.sh provides: topology -> model. */

import type { Host as HostInput } from "./input.generated.ts";
import type { IpvsadmOrigin, Mirrors, WebServer } from "./model.ts";

export function normalizeWebServer({ webServer }: HostInput): WebServer | null {
  return webServer === undefined ? null : { kind: webServer.kind, testPage: webServer.testPage ?? true };
}

export function normalizeMirrors({ packages }: HostInput): Mirrors {
  const { main, security, raspberrypi, epel } = packages?.mirror ?? {};
  return {
    main: folder(main),
    security: folder(security),
    raspberrypi: folder(raspberrypi),
    epel: folder(epel),
  };
}

function folder(url: string | undefined): string | null {
  return url === undefined ? null : url.replace(/\/+$/, "");
}

export function ipvsadmOrigin({ packages }: HostInput): IpvsadmOrigin {
  const { ipvsadm = "ipvsadm" } = packages ?? {};
  return typeof ipvsadm === "string"
    ? { kind: "package", name: ipvsadm }
    : { kind: "source", tarball: ipvsadm.source };
}

/** The version in a tarball's name, as in `ipvsadm-1.26.tar.gz`; null without a tarball or a version. */
export function tarballVersion(input: HostInput): string | null {
  const origin = ipvsadmOrigin(input);
  if (origin.kind === "package") return null;
  return /[-_](\d+\.\d+(?:\.\d+)?)(?![\d.]*\d)/.exec(origin.tarball)?.[1] ?? null;
}
