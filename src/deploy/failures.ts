/** Failures of ssh and sudo, with what to do. One row per cause. Pure. */

import type { Ssh } from "../topology/model.ts";

export type FailureKind = "host-key" | "unknown-host" | "login" | "unreachable" | "sudo" | "other";

export interface Failure {
  readonly kind: FailureKind;
  readonly words: string;
  readonly remedy: string;
}

interface FailureRow {
  readonly kind: FailureKind;
  readonly pattern: RegExp;
  readonly words: (ssh: Ssh, said: string) => string;
  readonly remedy: (ssh: Ssh) => string;
}

const sshRows: readonly FailureRow[] = [
  {
    kind: "host-key",
    pattern: /HOST IDENTIFICATION HAS CHANGED/,
    words: ({ address }) =>
      `the host key of ${address} is not the one in known_hosts: the host was installed again, or another machine answers`,
    remedy: (ssh) =>
      `compare the fingerprint on the host itself (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub); if it is right: ssh-keygen -R ${knownName(ssh)}, then ssh there once`,
  },
  {
    kind: "unknown-host",
    pattern: /Host key verification failed|No \S+ host key is known/,
    words: ({ address }) => `the host key of ${address} is not in known_hosts`,
    remedy: (ssh) => `run '${sshLine(ssh)}' once, and compare the fingerprint before you answer yes`,
  },
  {
    kind: "login",
    pattern: /Permission denied|Too many authentication failures/,
    words: ({ user }) => `ssh rejects the user ${user}`,
    remedy: (ssh) => `'${sshLine(ssh)}' must work without a password: use ssh-copy-id, or a key in ssh-agent`,
  },
  {
    kind: "unreachable",
    pattern:
      /Connection refused|No route to host|timed out|Network is unreachable|Could not resolve|not responding|Connection (closed|reset)|Broken pipe|closed by remote host/,
    words: ({ address }, said) => `cannot reach ${address}: ${lastLine(said)}`,
    remedy: (ssh) =>
      `check that the host is up, and that '${sshLine(ssh)}' is the right way to it (hosts.*.ssh in a topology)`,
  },
];

const sudoRows: readonly FailureRow[] = [
  {
    kind: "sudo",
    pattern: /incorrect password|Sorry, try again|no password was provided/,
    words: ({ user }) => `the sudo password is wrong for ${user}`,
    remedy: () => "if hosts have different passwords, deploy each group by itself with --host",
  },
  {
    kind: "sudo",
    pattern: /password is required|terminal is required/,
    words: ({ user }) => `sudo asks ${user} for a password`,
    remedy: ({ user }) =>
      `use --ask-sudo-password, or add '${user} ALL=(ALL) NOPASSWD: ALL' on the host with visudo`,
  },
  {
    kind: "sudo",
    pattern: /must have a tty/,
    words: () => "sudo needs a terminal (requiretty)",
    remedy: ({ user }) => `add 'Defaults:${user} !requiretty' on the host with visudo`,
  },
  {
    kind: "sudo",
    pattern: /not in the sudoers file|not allowed to (run|execute)/,
    words: ({ user }) => `sudo does not let ${user} become root`,
    remedy: () => "add the user to the group sudo or wheel, or set another user in hosts.*.ssh.user",
  },
  {
    kind: "sudo",
    pattern: /sudo: (command )?not found|['"‘]?sudo['"’]?: No such file/,
    words: () => "sudo is not installed",
    remedy: () => "install sudo, or log in as root (hosts.*.ssh.user in a topology)",
  },
];

/** ssh's own exit status if the connection fails, before or during the command. */
export const SSH_FAILED = 255;

/** @param code ssh's exit status @param said what was on its standard error */
export function failureOf(ssh: Ssh, code: number, said: string): Failure {
  const rows = code === SSH_FAILED ? sshRows : sudoRows;
  const row = rows.find(({ pattern }) => pattern.test(said));
  if (row !== undefined) return { kind: row.kind, words: row.words(ssh, said), remedy: row.remedy(ssh) };
  const words = lastLine(said) || `ssh exited with status ${code} without a message`;
  return { kind: code === SSH_FAILED ? "unreachable" : "other", words, remedy: `try '${sshLine(ssh)}'` };
}

function sshLine({ user, address, port }: Ssh): string {
  return `ssh ${port === 22 ? "" : `-p ${port} `}${user}@${address}`;
}

function knownName({ address, port }: Ssh): string {
  return port === 22 ? address : `'[${address}]:${port}'`;
}

function lastLine(text: string): string {
  return text.trim().split(/\r?\n/).at(-1) ?? "";
}
