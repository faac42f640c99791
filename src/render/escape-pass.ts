/**
 * A pass over a template's syntax tree, before it is compiled: a bare `{{value}}` becomes a call of its target's
 * escaping helper, and whatever would print unescaped is refused. So no value reaches an artifact raw by accident.
 */

import Handlebars from "handlebars";
import { RenderError } from "./escape.ts";

export function escapePass(program: hbs.AST.Program, template: string, bare: string): hbs.AST.Program {
  const visitor = new EscapeVisitor(template, bare);
  visitor.accept(program);
  return program;
}

class EscapeVisitor extends Handlebars.Visitor {
  readonly #template: string;
  readonly #bare: string;

  constructor(template: string, bare: string) {
    super();
    this.#template = template;
    this.#bare = bare;
  }

  override MustacheStatement(mustache: hbs.AST.MustacheStatement): void {
    const place = `${this.#template}:${mustache.loc.start.line}`;
    if (!mustache.escaped) {
      throw new RenderError(`${place}: {{{…}}} and {{&…}} print a value unescaped: use {{…}} or a helper`);
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
