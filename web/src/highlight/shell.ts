/** POSIX shell as lvsgen writes it: strings and here-documents go over lines. */

import { byPatterns, type Highlighter, kindOfGroup, type Token } from "./tokens.ts";

interface State {
  /** The quote that is open. */
  readonly quote: '"' | "'" | null;
  /** The word that ends the here-document. */
  readonly heredoc: string | null;
}

const start: State = { quote: null, heredoc: null };

const code =
  /(?<comment>(?:^|(?<=[\s;(]))#.*)|(?<string>'[^']*'|"(?:[^"\\$`]|\\.)*")|(?<heading>^[A-Za-z_]\w*(?=\(\)))|(?<variable>\$\{[^}]*\}|\$[\w@#?*!$-]|\$\w+)|(?<keyword>(?<![\w./-])(?:if|then|else|elif|fi|for|in|do|done|while|until|case|esac|return|exit|local|set|shift|trap|break|continue|readonly|unset|exec|eval)(?![\w./=-]))|(?<name>(?<=^\s*)[A-Za-z_]\w*(?==))|(?<number>(?<![\w.:/-])\d+(?![\w.:-]))/g;

export const shell: Highlighter = (lines) => {
  let state = start;
  return lines.map((text) => {
    const read = line(text, state);
    state = read.state;
    return read.tokens;
  });
};

function line(text: string, state: State): { readonly tokens: readonly Token[]; readonly state: State } {
  if (state.heredoc !== null) {
    const isEnd = text.trim() === state.heredoc;
    return { tokens: [[isEnd ? "keyword" : "string", text]], state: isEnd ? start : state };
  }
  const quoted = state.quote === null ? 0 : closing(text, state.quote);
  if (quoted === null) return { tokens: [["string", text]], state };
  const head: Token[] = quoted === 0 ? [] : [["string", text.slice(0, quoted)]];
  const rest = text.slice(quoted);
  const opened = openQuote(rest);
  if (opened !== null) {
    const tail = rest.slice(opened.at);
    return {
      tokens: [...head, ...byPatterns(rest.slice(0, opened.at), code, kindOfGroup), ["string", tail]],
      state: { quote: opened.quote, heredoc: null },
    };
  }
  const heredoc = /<<-?\s*(['"]?)(\w+)\1/.exec(rest)?.[2] ?? null;
  return { tokens: [...head, ...byPatterns(rest, code, kindOfGroup)], state: { quote: null, heredoc } };
}

/** The place after the quote that ends an open string; null if the string goes on. */
function closing(text: string, quote: '"' | "'"): number | null {
  for (let at = 0; at < text.length; at++) {
    if (quote === '"' && text[at] === "\\") at++;
    else if (text[at] === quote) return at + 1;
  }
  return null;
}

/** The quote that this line opens and does not close. */
function openQuote(text: string): { readonly at: number; readonly quote: '"' | "'" } | null {
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === "\\") at++;
    else if (character === "#" && (at === 0 || /[\s;(]/.test(text[at - 1] ?? ""))) return null;
    else if (character === '"' || character === "'") {
      const length = closing(text.slice(at + 1), character);
      if (length === null) return { at, quote: character };
      at += length;
    }
  }
  return null;
}
