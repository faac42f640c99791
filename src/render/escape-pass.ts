/**
 * A pass over a template's syntax tree, before it is compiled: a bare `{{value}}` becomes a call of its language's
 * escaping helper, and everything that would print unescaped is refused. So no value reaches a file unescaped.
 */

import Handlebars from "handlebars";
import { LineError } from "./template-fault.ts";

export function escapePass(program: hbs.AST.Program, bare: string): hbs.AST.Program {
  const visitor = new EscapeVisitor(bare);
  visitor.accept(program);
  return program;
}

class EscapeVisitor extends Handlebars.Visitor {
  readonly #bare: string;

  constructor(bare: string) {
    super();
    this.#bare = bare;
  }

  override MustacheStatement(mustache: hbs.AST.MustacheStatement): void {
    if (!mustache.escaped) {
      throw new LineError(
        "{{{…}}} and {{&…}} print a value unescaped: use {{…}} or a helper",
        mustache.loc.start.line,
      );
    }
    if (mustache.params.length === 0) {
      mustache.params = [mustache.path];
      mustache.path = helperPath(this.#bare, mustache.loc);
    }
    // What a helper returns is the artifact's own text: HTML escaping would spoil it.
    mustache.escaped = false;
  }
}

function helperPath(name: string, loc: hbs.AST.SourceLocation): hbs.AST.PathExpression {
  return { type: "PathExpression", data: false, depth: 0, parts: [name], original: name, loc };
}
