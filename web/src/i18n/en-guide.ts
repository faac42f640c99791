/** Texts that explain, and of what the form has beside hosts and services. */

export const enGuide = {
  "form.empty": "a name is needed here",
  "form.taken": '"{name}" is taken by another one',
  "form.ssh": "ssh user",
  "form.host.ssh": "ssh user",
  "form.host.details": "More of host {name}: system, ssh, further addresses",
  "form.address.add": "Add address",
  "form.address.remove": "Remove address {address}",
  "form.vrrp": "VRRP id",
  "form.vrrp.hint": "Of all VRRP groups on this network, only this cluster may have it.",
  "form.check": "Health check",
  "form.check.none": "none",
  "form.check.keepalived": "none (needs keepalived)",
  "form.check.path": "Path",
  "form.check.interval": "Seconds between checks",
  "form.check.missing":
    "Without a health check, keepalived goes on sending clients to a server that has failed. Services without one: {names}.",
  "form.check.add": "Add checks",
  "form.persistence": "Client stays, seconds",
  "form.persistence.none": "no persistence",
  "form.persistence.hint":
    "Only if servers keep state of a client, such as a shopping basket in memory: then 300.",
  "form.sorry": "Sorry server",
  "form.sorry.none": "none",
  "form.sorry.hint": "Answers when no real server works.",
  "explain.title": "{label}: which one?",
  "problems.meant": "Change to {to}",
  "problems.hide": "Hide the problems",
  "problems.show": "Show the problems",
} as const;
