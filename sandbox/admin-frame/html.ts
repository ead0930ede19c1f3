// Pages as tagged templates: what is put in is escaped, what another template made is not.

export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}

export type Content = Html | string | number | null | undefined | false | Content[];

export const html = (parts: TemplateStringsArray, ...values: Content[]): Html =>
  new Html(parts.reduce((text, part, index) => text + rendered(values[index - 1]) + part));

export const raw = (text: string): Html => new Html(text);

/** JSON for a <script type="application/json">: no closing tag can hide in it. */
export const jsonScript = (value: unknown): Html => raw(JSON.stringify(value).replaceAll("<", "\\u003c"));

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? character);

function rendered(value: Content): string {
  if (value === null || value === undefined || value === false) return "";
  if (Array.isArray(value)) return value.map(rendered).join("");
  return value instanceof Html ? value.text : escaped(String(value));
}
