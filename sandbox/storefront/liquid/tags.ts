// Shopify's own tags: {% form %}, {% style %}, {% doc %} and the parts of a file that no shopper sees.

import { type Context, type Emitter, Hash, type Liquid, Tag, type TagToken, type Template, type TopLevelToken, Value } from "liquidjs";
import { escaped } from "../../admin-frame/html.ts";

type Form = { action: string; fields?: Record<string, string> };
const forms: Record<string, Form> = {
  product: { action: "/cart/add" },
  cart: { action: "/cart" },
  customer_login: { action: "/account/login" },
  create_customer: { action: "/account/login" },
  localization: { action: "/localization", fields: { _method: "put" } },
};

export function addTags(engine: Liquid): void {
  engine.registerTag("form", FormTag);
  engine.registerTag("style", StyleTag);
  for (const name of ["schema", "doc"]) engine.registerTag(name, class extends UnseenTag {});
}

/** A tag with content up to its end tag. */
abstract class BlockTag extends Tag {
  protected templates: Template[] = [];
  constructor(token: TagToken, rest: TopLevelToken[], liquid: Liquid) {
    super(token, rest, liquid);
    const stream = liquid.parser.parseStream(rest);
    stream
      .on(`tag:end${token.name}`, () => stream.stop())
      .on("template", (template: Template) => this.templates.push(template))
      .on("end", () => {
        throw new Error(`{% ${token.name} %} is not closed`);
      });
    stream.start();
  }
}

class FormTag extends BlockTag {
  private type: Value;
  private options: Hash;
  constructor(token: TagToken, rest: TopLevelToken[], liquid: Liquid) {
    super(token, rest, liquid);
    const [, type = "''", options = ""] = /^\s*([^,]+),?([\s\S]*)$/.exec(token.args) ?? [];
    this.type = new Value(type.trim(), liquid);
    // What the form is about may stand first, without a name: {% form 'product', product, class: 'x' %}.
    this.options = new Hash(options.replace(/^\s*\w+\s*(,|$)/, ""), false);
  }
  *render(context: Context, emitter: Emitter): Generator<unknown, void, unknown> {
    const type = String(yield this.type.value(context, false));
    const form = forms[type];
    if (!form) throw new Error(`The sandbox has no {% form '${type}' %}.`);
    const options = (yield this.options.render(context)) as Record<string, unknown>;
    const { return_to: returnTo, ...attributes } = options;
    const written = Object.entries({ accept_charset: "UTF-8", ...attributes }).map(
      ([name, value]) => ` ${name.replace("_", "-")}="${escaped(String(value))}"`,
    );
    emitter.write(`<form method="post" action="${form.action}"${written.join("")}><input type="hidden" name="form_type" value="${type}">`);
    for (const [name, value] of Object.entries({ ...form.fields, ...(returnTo ? { return_to: String(returnTo) } : {}) })) {
      emitter.write(`<input type="hidden" name="${name}" value="${escaped(value)}">`);
    }
    context.push({ form: { errors: null, posted_successfully: false } });
    yield this.liquid.renderer.renderTemplates(this.templates, context, emitter);
    context.pop();
    emitter.write("</form>");
  }
}

class StyleTag extends BlockTag {
  *render(context: Context, emitter: Emitter): Generator<unknown, void, unknown> {
    emitter.write("<style data-shopify>");
    yield this.liquid.renderer.renderTemplates(this.templates, context, emitter);
    emitter.write("</style>");
  }
}

class UnseenTag extends BlockTag {
  *render(): Generator<unknown, void, unknown> {}
}
