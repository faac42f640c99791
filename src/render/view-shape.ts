/**
 * What a template can see of a view besides the values that it prints: keys, lists, and what is true. Two views of the
 * same shape take the same path through a template.
 */

/** A view's part, and what it was in the view that was looked at last. */
export type Part = Leaf | Fixed | Container;

interface Latest {
  value: unknown;
}

/** A text or number that counts as true: a template can only test that it is there. */
export interface Leaf extends Latest {
  readonly kind: "leaf";
}

/** A value that a template can branch on: null, a boolean, 0, the empty text. */
interface Fixed {
  readonly kind: "fixed";
  readonly value: unknown;
}

export interface Container extends Latest {
  readonly kind: "container";
  readonly isList: boolean;
  readonly keys: readonly string[];
  readonly parts: readonly Part[];
}

/** What changed from one view to the next: parts with their new values. */
export type Changes = [part: Leaf | Container, value: unknown][];

/** A view with a mark in place of each leaf, and the parts behind marks and containers. */
interface MarkedView {
  readonly view: object;
  readonly root: Part;
  /** By the mark, or the copy of a container. */
  readonly parts: ReadonlyMap<unknown, Leaf | Container>;
}

/** A view that cannot be marked, or a template that looks into a value. */
class UnmarkableError extends Error {}

/** @throws UnmarkableError for what is no plain value */
export function markView(view: object): MarkedView {
  const parts = new Map<unknown, Leaf | Container>();
  const mark = (value: unknown): [marked: unknown, part: Part] => {
    if (isLeaf(value)) {
      const part: Leaf = { kind: "leaf", value };
      const marked = new Proxy({}, lookedInto);
      parts.set(marked, part);
      return [marked, part];
    }
    if (typeof value !== "object" || value === null) {
      if (typeof value === "function") throw new UnmarkableError();
      return [value, { kind: "fixed", value }];
    }
    if (!isPlain(value)) throw new UnmarkableError();
    const entries = Object.entries(value).map(([key, item]) => [key, ...mark(item)] as const);
    const isList = Array.isArray(value);
    const marked = isList
      ? entries.map(([, item]) => item)
      : Object.fromEntries(entries.map(([key, item]) => [key, item]));
    const part: Container = {
      kind: "container",
      value,
      isList,
      keys: entries.map(([key]) => key),
      parts: entries.map(([, , inner]) => inner),
    };
    parts.set(marked, part);
    return [marked, part];
  };
  const [marked, root] = mark(view);
  return { view: marked as object, root, parts };
}

/** A mark keeps only truth and type. */
const lookedInto: ProxyHandler<object> = {
  get: refuse,
  has: refuse,
  ownKeys: refuse,
  getPrototypeOf: refuse,
  getOwnPropertyDescriptor: refuse,
};

function refuse(): never {
  throw new UnmarkableError();
}

function isLeaf(value: unknown): boolean {
  return (typeof value === "string" && value !== "") || (typeof value === "number" && Boolean(value));
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === Array.prototype;
}

/**
 * Adds what differs from the view before.
 *
 * @returns false if the view has another shape; then the changes are useless
 */
export function compareShape(part: Part, value: unknown, changes: Changes): boolean {
  // Views never change: what is the same object has the same parts.
  if (value === part.value) return true;
  if (part.kind === "fixed") return Object.is(value, part.value);
  if (part.kind === "leaf") {
    changes.push([part, value]);
    return isLeaf(value);
  }
  if (typeof value !== "object" || value === null) return false;
  changes.push([part, value]);
  return part.isList ? compareList(part, value, changes) : compareObject(part, value, changes);
}

function compareList({ parts }: Container, value: object, changes: Changes): boolean {
  if (!Array.isArray(value) || value.length !== parts.length) return false;
  return parts.every((part, index) => compareShape(part, value[index], changes));
}

function compareObject({ keys, parts }: Container, value: object, changes: Changes): boolean {
  if (!isPlain(value) || Array.isArray(value)) return false;
  let count = 0;
  for (const key in value) {
    if (key !== keys[count]) return false;
    const part = parts[count++] as Part;
    if (!compareShape(part, (value as Record<string, unknown>)[key], changes)) return false;
  }
  return count === keys.length;
}
