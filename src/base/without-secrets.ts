/** Texts of users in messages, without their passwords. */

const written =
  /(\b(?:authPassword|password|passwd|secret)["']?\s*[:=]\s*|\bauth_pas\w*\s+)("[^"]*"|'[^']*'|[^\s,}{"']+)/g;

/** Asterisks hide passwords from terminals, logs and comments; as many, so that columns stay. */
export function withoutSecrets(text: string): string {
  return text.replace(written, (_, key: string, value: string) => key + "*".repeat(value.length));
}
