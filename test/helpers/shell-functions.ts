/** Which functions a rendered script defines, and which it calls. */

export const functionsOf = (script: string): string[] =>
  [...script.matchAll(/^([a-z_]+)\(\) \{/gm)].map(([, name = ""]) => name);

/** Defined, and called nowhere. */
export function uncalled(script: string): string[] {
  const called = calledBy(script);
  return functionsOf(script).filter((name) => !called.has(name));
}

/** Called, and not defined. @param known functions of any script: what else is called is a program */
export function undefinedIn(script: string, known: Iterable<string>): string[] {
  const called = calledBy(script);
  const defined = functionsOf(script);
  return [...new Set(known)].filter((name) => called.has(name) && !defined.includes(name));
}

/** What stands where a shell expects a command, or is given to another function to call. */
function calledBy(script: string): Set<string> {
  const code = script.replace(/^\s*#.*$|\s# .*$/gm, "").replace(/^[a-z_]+\(\) /gm, "");
  const keyword = "then|if|elif|do|else|until|while";
  const commands = code.matchAll(
    new RegExp(`(?:^|[;|&!({)]|\\b(?:${keyword})\\b)\\s*(?!(?:${keyword})\\b)([a-z_]+)\\b`, "gm"),
  );
  const followed = code.matchAll(/\b(?:follow [a-z-]+|trap) ([a-z_]+)/g);
  return new Set([...commands, ...followed].map(([, name = ""]) => name));
}
