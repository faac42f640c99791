/** A file with its lines coloured, numbered and marked. All its text is in text nodes. */

import { Component } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { highlight } from "../highlight/highlight.ts";
import type { Token } from "../highlight/tokens.ts";
import type { FileContent } from "../worker/protocol.ts";

type Mark = "changed" | "removed" | "none";

export function CodeView({ content }: { readonly content: FileContent }) {
  const { path, text, marks } = content;
  const lines = useMemo(() => highlight(path, text), [path, text]);
  const box = useRef<HTMLElement>(null);
  const changed = useMemo(() => new Set(marks.changed), [marks]);
  const removed = useMemo(() => new Set(marks.removedBefore), [marks]);
  useEffect(() => {
    const first = Math.min(marks.changed[0] ?? Infinity, marks.removedBefore[0] ?? Infinity);
    const line = box.current?.querySelectorAll<HTMLElement>(".line")[first];
    if (line !== undefined) showIn(box.current, line);
    else if (box.current !== null && first === Infinity && !sameFile(box.current, path))
      box.current.scrollTop = 0;
    if (box.current !== null) box.current.dataset.path = path;
  }, [path, marks]);
  const markOf = (at: number): Mark => (changed.has(at) ? "changed" : removed.has(at) ? "removed" : "none");
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it by keys
    <section ref={box} class="code-view" tabIndex={0} aria-label={path}>
      <pre>
        {lines.map((tokens, at) => (
          <Line key={at} tokens={tokens} mark={markOf(at)} />
        ))}
      </pre>
    </section>
  );
}

function sameFile(box: HTMLElement, path: string): boolean {
  return box.dataset.path === path;
}

/** Scrolls only the box, and only if the line is out of sight. */
function showIn(box: HTMLElement | null, line: HTMLElement): void {
  if (box === null) return;
  const [outer, inner] = [box.getBoundingClientRect(), line.getBoundingClientRect()];
  if (inner.top >= outer.top && inner.bottom <= outer.bottom) return;
  box.scrollTop += inner.top - outer.top - outer.height / 3;
}

interface LineProps {
  readonly tokens: readonly Token[];
  readonly mark: Mark;
}

/** Drawn again only when it differs: a file has a thousand lines, and an edit changes one. */
class Line extends Component<LineProps> {
  override shouldComponentUpdate({ tokens, mark }: LineProps): boolean {
    const own = this.props.tokens;
    if (mark !== this.props.mark || tokens.length !== own.length) return true;
    return tokens.some(([kind, text], at) => kind !== own[at]?.[0] || text !== own[at]?.[1]);
  }

  override render({ tokens, mark }: LineProps) {
    return (
      <span class={mark === "none" ? "line" : `line line-${mark}`}>
        {tokens.map(([kind, text], at) =>
          kind === "plain" ? (
            text
          ) : (
            <span key={at} class={`t-${kind}`}>
              {text}
            </span>
          ),
        )}
        {"\n"}
      </span>
    );
  }
}
