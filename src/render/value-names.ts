/** Names of values for messages: a helper gets only the value itself. */

import Handlebars from "handlebars";
import { valueName } from "./value-name.ts";

/** Gives each helper call the name of its value. Only for users' templates: lvsgen's own have no undefined values. */
export function nameValues(tree: hbs.AST.Program): hbs.AST.Program {
  const visitor = new (class extends Handlebars.Visitor {
    override MustacheStatement(mustache: hbs.AST.MustacheStatement): void {
      const [value] = mustache.params;
      if (value === undefined || !("original" in value)) return;
      const { loc } = mustache;
      const name = {
        type: "StringLiteral",
        value: String(value.original),
        original: String(value.original),
        loc,
      };
      mustache.hash = { type: "Hash", pairs: [{ type: "HashPair", key: valueName, value: name, loc }], loc };
    }
  })();
  visitor.accept(tree);
  return tree;
}
