/** What ssh and sudo say when they fail, in words that tell what to do. One row a cause. Pure. */

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
      `the host key of ${address} is not the one in known_hosts: it was installed anew, or somebody else answers`,
    remedy: (ssh) =>
      `compare the fingerprint at the host itself (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub); if it is right: ssh-keygen -R ${knownName(ssh)}, then ssh there once`,
  },
  {
    kind: "unknown-host",
    pattern: /Host key verification failed|No \S+ host key is known/,
    words: ({ address }) => `the host key of ${address} is not in known_hosts`,
    remedy: (ssh) => `${sshLine(ssh)} once, and compare the fingerprint before saying yes`,
  },
  {
    kind: "login",
    pattern: /Permission denied|Too many authentication failures/,
    words: ({ user }) => `ssh does not let ${user} in`,
    remedy: (ssh) => `${sshLine(ssh)} must work without a password: ssh-copy-id, or a key in ssh-agent`,
  },
  {
    kind: "unreachable",
    pattern:
      /Connection refused|No route to host|timed out|Network is unreachable|Could not resolve|not responding|Connection (closed|reset)|Broken pipe|closed by remote host/,
    words: ({ address }, said) => `${address} cannot be reached: ${lastLine(said)}`,
    remedy: () => "is it up, and is hosts.*.ssh right?",
  },
];

const sudoRows: readonly FailureRow[] = [
  {
    kind: "sudo",
    pattern: /incorrect password|Sorry, try again|no password was provided/,
    words: ({ user }) => `the sudo password is wrong for ${user}`,
    remedy: () => "each host's may be its own: deploy those with another one apart, by --host",
  },
  {
    kind: "sudo",
    pattern: /password is required|terminal is required/,
    words: ({ user }) => `sudo asks ${user} for a password`,
    remedy: ({ user }) => `--ask-sudo-password, or on the host: '${user} ALL=(ALL) NOPASSWD: ALL' by visudo`,
  },
  {
    kind: "sudo",
    pattern: /must have a tty/,
    words: () => "sudo wants a terminal (requiretty)",
    remedy: ({ user }) => `on the host by visudo: 'Defaults:${user} !requiretty'`,
  },
  {
    kind: "sudo",
    pattern: /not in the sudoers file|not allowed to (run|execute)/,
    words: ({ user }) => `sudo does not let ${user} become root`,
    remedy: () => "add the user to the group sudo or wheel, or name another one in hosts.*.ssh.user",
  },
  {
    kind: "sudo",
    pattern: /sudo: (command )?not found|['"‘]?sudo['"’]?: No such file/,
    words: () => "there is no sudo",
    remedy: () => "install it, or name root in hosts.*.ssh.user",
  },
];

/** ssh's own exit status for what went wrong before the command, or with the connection. */
export const SSH_FAILED = 255;

/** @param code ssh's exit status @param said what was on its standard error */
export function failureOf(ssh: Ssh, code: number, said: string): Failure {
  const rows = code === SSH_FAILED ? sshRows : sudoRows;
  const row = rows.find(({ pattern }) => pattern.test(said));
  if (row !== undefined) return { kind: row.kind, words: row.words(ssh, said), remedy: row.remedy(ssh) };
  const words = lastLine(said) || `ssh ended with status ${code} and said nothing`;
  return { kind: code === SSH_FAILED ? "unreachable" : "other", words, remedy: `try ${sshLine(ssh)}` };
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
