/** What a source file says: its templates, and what is wrong with how it says it. */

import { parseSync } from "vite";

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

interface Sayings {
  /** Keys of the catalogue, with the line of each. */
  readonly keys: readonly { readonly key: string; readonly place: string }[];
  /** Each names its place and the remedy. */
  readonly faults: readonly string[];
}

/** Names of programs, protocols and values: the same in all languages, and so no piece of a sentence. */
const names = new Set(
  (
    "dr nat tun tcp udp sctp icmp http https dns smtp ping ipip gue gre sip rr wrr sh mh lc wlc ipvsadm keepalived " +
    "ip ip6 ipv4 ipv6 nft iptables systemd sysv init bird apt yum dnf null true false " +
    "eth0 utf8 eth debian- source-rule masquerade imported /usr/bin usr bin"
  ).split(" "),
);

/** A literal's text has words of a language. */
export function hasWords(text: string): boolean {
  const said = withoutCommands(text).match(/[A-Za-z][A-Za-z'-]+/g) ?? [];
  return said.some((word) => !names.has(word.toLowerCase()));
}

/** A sentence, or a part of one: two words beside each other. */
function isSentence(text: string): boolean {
  return /[A-Za-z]{2,},? [a-z]{2,}/.test(withoutCommands(text));
}

/** Command lines are the same in all languages. */
function withoutCommands(text: string): string {
  return /^ *(sh|lvsgen) /.test(text) ? "" : text.replaceAll(/--[a-z-]+/g, "");
}

interface Options {
  /** Every sentence has to have a tag. */
  readonly isDone: boolean;
  /** Texts that have keys without one. */
  readonly data: ReadonlySet<string>;
}

export function sayingsOf(file: string, text: string, { isDone, data }: Options): Sayings {
  const keys: { key: string; place: string }[] = [];
  const faults: string[] = [];
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const placeOf = (node: Node): string => `${file}:${text.slice(0, node.start as number).split("\n").length}`;
  const counts = /import .*\bcounted\b.* from ".*\/counted\.ts"/.test(text);
  const scope = declarationsOf(program as unknown as Node);
  walk(program as unknown as Node, [], (node, parents) => {
    const inFunction = parents.some(({ type }) => /Function/.test(type));
    const tag = tagOf(node);
    if (tag !== null) keys.push({ key: keyOf(node), place: placeOf(node) });
    if (tag === "say" && !inFunction)
      faults.push(`${placeOf(node)}: say at the top level runs before the language is chosen; use phrase`);
    if (tag === "phrase" && valuesOf(node).length > 0)
      faults.push(`${placeOf(node)}: a phrase has no values; use say in a function`);
    if (tag === "say")
      for (const value of valuesOf(node))
        for (const piece of piecesOf(value, scope, 3))
          faults.push(
            `${placeOf(node)}: the piece ${JSON.stringify(piece)} has no key: write whole sentences`,
          );
    if (counts && node.type === "CallExpression" && nameOf(node.callee) === "counted") {
      const noun = (node.arguments as Node[])[1];
      if (typeof noun?.value === "string") keys.push({ key: `{0} ${noun.value}`, place: placeOf(node) });
      else if (isDone) faults.push(`${placeOf(node)}: the noun of counted is not a literal`);
    }
    if (isDone && !data.has(textOf(node) ?? "") && untagged(node, parents))
      faults.push(`${placeOf(node)}: ${JSON.stringify(textOf(node))} has no key: use say or phrase`);
  });
  return { keys, faults };
}

function walk(
  node: Node,
  parents: readonly Node[],
  visit: (node: Node, parents: readonly Node[]) => void,
): void {
  visit(node, parents);
  const below = [...parents, node];
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? value : [value])
      if (typeof child?.type === "string") walk(child, below, visit);
}

function tagOf(node: unknown): "say" | "phrase" | null {
  const { type, tag } = node as Node;
  const name = type === "TaggedTemplateExpression" ? nameOf(tag) : null;
  return name === "say" || name === "phrase" ? name : null;
}

function nameOf(node: unknown): string | null {
  const { type, name } = node as Node;
  return type === "Identifier" ? (name as string) : null;
}

function partsOf(template: unknown): string[] {
  const { quasis } = template as { quasis: readonly { value: { cooked: string } }[] };
  return quasis.map(({ value }) => value.cooked);
}

function keyOf({ quasi }: Node): string {
  return partsOf(quasi).reduce((before, part, index) => `${before}{${index - 1}}${part}`);
}

function valuesOf({ quasi }: Node): Node[] {
  return (quasi as { expressions: Node[] }).expressions;
}

/** Constants and functions by name, wherever they are in the file: what a value may come from. */
function declarationsOf(program: Node): ReadonlyMap<string, Node> {
  const found = new Map<string, Node>();
  walk(program, [], (node) => {
    const name = nameOf(node.id ?? {});
    if (name === null) return;
    if (node.type === "VariableDeclarator" && node.init !== null) found.set(name, node.init as Node);
    if (node.type === "FunctionDeclaration") found.set(name, node);
  });
  return found;
}

/** Literals with words that a value of a sentence may be. */
function piecesOf(node: Node | null, scope: ReadonlyMap<string, Node>, depth: number): string[] {
  if (node === null || node === undefined || depth < 0) return [];
  const of = (...nodes: unknown[]): string[] => nodes.flatMap((each) => piecesOf(each as Node, scope, depth));
  const deeper = (next: Node | undefined): string[] =>
    next === undefined ? [] : piecesOf(next, scope, depth - 1);
  switch (node.type) {
    case "Literal":
      return typeof node.value === "string" && hasWords(node.value) ? [node.value] : [];
    case "TemplateLiteral":
      return [...partsOf(node).filter(hasWords), ...of(...(node.expressions as Node[]))];
    case "ConditionalExpression":
      return of(node.consequent, node.alternate);
    case "LogicalExpression":
      return node.operator === "&&" ? of(node.right) : of(node.left, node.right);
    case "BinaryExpression":
      return node.operator === "+" ? of(node.left, node.right) : [];
    case "ParenthesizedExpression":
    case "TSAsExpression":
    case "TSNonNullExpression":
      return of(node.expression);
    case "Identifier":
      return deeper(scope.get(node.name as string));
    case "ArrowFunctionExpression":
    case "FunctionDeclaration":
      return returned(node).flatMap((each) => piecesOf(each, scope, depth));
    case "CallExpression": {
      const { callee, arguments: given } = node as unknown as { callee: Node; arguments: Node[] };
      if (callee.type === "Identifier")
        return callee.name === "counted" || callee.name === "listed" ? [] : deeper(callee);
      if (callee.type !== "MemberExpression") return [];
      const method = nameOf(callee.property);
      if (method === "join") return [...of(...given), ...of(callee.object)];
      return method === "map" || method === "flatMap" ? of(...given) : [];
    }
    case "ArrayExpression":
      return of(...(node.elements as Node[]));
    default:
      return [];
  }
}

function returned(fn: Node): Node[] {
  const body = fn.body as Node;
  if (body.type !== "BlockStatement") return [body];
  const found: Node[] = [];
  walk(body, [], (node, parents) => {
    if (node.type === "ReturnStatement" && !parents.some(({ type }) => /Function/.test(type)))
      found.push(node.argument as Node);
  });
  return found;
}

/** Texts that are not said to people, or only in English: explanations, help and their pages. */
const unsaid = new Set(["explain", "name", "code", "source", "describe", "epilogue", "connections"]);

/** Calls whose texts nobody reads: names of features, which are data, and messages of errors that are caught. */
const unread = new Set(["counted", "use", "unavailable", "isFeature", "Super"]);

/** A sentence without a tag, where people would read it. */
function untagged(node: Node, parents: readonly Node[]): boolean {
  const text = textOf(node);
  if (text === null || !isSentence(text)) return false;
  if (tagOf(parents.at(-1)) !== null || node.type === "TSLiteralType") return false;
  // A list of names, written as one text.
  if (nameOf(parents.at(-1)?.property ?? {}) === "split") return false;
  return !parents.some(
    (parent) =>
      parent.key === node ||
      (parent.type === "Property" && unsaid.has(nameOf(parent.key) ?? "")) ||
      (parent.type.startsWith("TS") && !/Expression$/.test(parent.type)) ||
      parent.type === "ImportDeclaration" ||
      (parent.type === "NewExpression" && nameOf(parent.callee) === "Error") ||
      (parent.type === "CallExpression" && unread.has(nameOf(parent.callee) ?? (parent.callee as Node).type)),
  );
}

function textOf(node: Node): string | null {
  if (node.type === "TemplateLiteral") return partsOf(node).join("…");
  return node.type === "Literal" && typeof node.value === "string" ? node.value : null;
}
