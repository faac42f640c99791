/** Signed repositories of fake packages, laid out like mirrors of CentOS and EPEL, for the machine's own dnf and rpm. */

import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

export interface RpmStandIn {
  /** What another package may ask for by. */
  readonly provides?: string;
  /** By path: a text, or the program of this machine that it is a copy of. */
  readonly files: Readonly<Record<string, string | { readonly copyOf: string }>>;
  /** Folders that are its own. */
  readonly folders?: readonly string[];
  /** What it runs when it has come, and before it goes. */
  readonly post?: string;
  readonly preun?: string;
}

/** A key that packages are signed with. */
export interface SigningKey {
  readonly owner: string;
  readonly home: string;
  /** The public part, as a package brings it. */
  readonly text: string;
}

export function makeSigningKey(folder: string, owner: string): SigningKey {
  const home = join(folder, `keys-${owner}`);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const gpg = (...args: string[]) =>
    execFileSync("gpg", ["--homedir", home, "--batch", "--yes", "--quiet", "--passphrase", "", ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  gpg("--quick-generate-key", `${owner} <${owner}@example.net>`, "rsa2048", "sign", "never");
  return { owner, home, text: gpg("--armor", "--export") };
}

interface RpmSettings {
  readonly name: string;
  /** Of this machine, where packages and repositories are made; `mirror` in it is what an HTTP server shows. */
  readonly folder: string;
  readonly key: SigningKey;
  /** Below the mirror's root; all have the same packages. */
  readonly places: readonly string[];
  readonly packages: Readonly<Record<string, RpmStandIn>>;
}

/** @returns the packages' files, by name */
export function makeRpmRepository({
  name,
  folder,
  key,
  places,
  packages,
}: RpmSettings): Record<string, string> {
  const built = buildPackages(join(folder, name), packages);
  const rpms = readdirSync(built, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".rpm"),
  );
  const files = rpms.map((name) => join(built, name));
  const signing = ["--define", `_gpg_name ${key.owner}`, "--define", "__gpg /usr/bin/gpg"];
  const env = { ...process.env, GNUPGHOME: key.home };
  execFileSync("rpmsign", [...signing, "--addsign", ...files], { env, stdio: ["ignore", "ignore", "pipe"] });
  execFileSync("gpgconf", ["--homedir", key.home, "--kill", "all"], { stdio: "ignore" });
  execFileSync("createrepo_c", ["--quiet", built]);
  for (const place of places) {
    const shown = join(folder, "mirror", place);
    mkdirSync(dirname(shown), { recursive: true });
    symlinkSync(built, shown);
  }
  return Object.fromEntries(files.map((file) => [basename(file).replace(/-1\.0-1\..*$/, ""), file]));
}

/** With one call of rpmbuild, as subpackages: each call takes a while. */
function buildPackages(folder: string, packages: Readonly<Record<string, RpmStandIn>>): string {
  const root = join(folder, "root");
  for (const { files } of Object.values(packages)) {
    for (const [path, content] of Object.entries(files)) {
      const file = join(root, path);
      mkdirSync(dirname(file), { recursive: true });
      if (typeof content === "string") writeFileSync(file, content);
      else cpSync(content.copyOf, file, { dereference: true });
      chmodSync(file, /\/s?bin\/|\/init\.d\//.test(path) ? 0o755 : 0o644);
    }
  }
  const spec = join(folder, "stand-in.spec");
  writeFileSync(spec, specOf(packages, root));
  const macros = {
    _topdir: join(folder, "build"),
    _rpmdir: join(folder, "rpms"),
    _dbpath: join(folder, "db"),
    __os_install_post: "%{nil}",
    debug_package: "%{nil}",
    _build_id_links: "none",
  };
  const defines = Object.entries(macros).flatMap(([name, value]) => ["--define", `${name} ${value}`]);
  execFileSync("rpmbuild", ["-bb", "--quiet", ...defines, spec], { stdio: ["ignore", "ignore", "pipe"] });
  return join(folder, "rpms");
}

function specOf(packages: Readonly<Record<string, RpmStandIn>>, root: string): string {
  const head = "Name: stand-in\nVersion: 1.0\nRelease: 1\nSummary: stand-in\nLicense: MIT\nAutoReqProv: no\n";
  const parts = Object.entries(packages).map(([name, { provides, files, folders = [], post, preun }]) => {
    const lines = [
      ...folders.map((path) => `%dir ${path}`),
      ...Object.keys(files).map((path) => (isSetting(path) ? `%config(noreplace) ${path}` : path)),
    ];
    return `%package -n ${name}
Summary: stand-in
AutoReqProv: no
${provides === undefined ? "" : `Provides: ${provides}\n`}%description -n ${name}
stand-in
%files -n ${name}
${lines.join("\n")}
${post === undefined ? "" : `%post -n ${name}\n${post}\n`}${preun === undefined ? "" : `%preun -n ${name}\n${preun}\n`}`;
  });
  return `${head}%description\nstand-in\n%install\ncp -a ${root}/. %{buildroot}\n${parts.join("")}`;
}

/** Files of a package that its user may change: rpm keeps what was changed. */
function isSetting(path: string): boolean {
  return path.startsWith("/etc/") && !path.startsWith("/etc/pki/");
}
