// The webhook filters an app may set: Shopify's search syntax over the body, as far as `field:value`, comparisons, AND, OR and NOT go.

export function passesFilter(body: unknown, filter: string): boolean {
  return filter.split(/\s+OR\s+/).some((all) => terms(all).every((term) => passesTerm(body, term)));
}

const terms = (all: string): string[] =>
  all.replace(/\s+AND\s+/g, " ").match(/(?:NOT\s+|-)?[\w.]+:(?:[<>]=?)?(?:"[^"]*"|'[^']*'|\S+)/g) ?? [];

function passesTerm(body: unknown, term: string): boolean {
  const match = /^(NOT\s+|-)?([\w.]+):([<>]=?)?(.*)$/.exec(term);
  if (!match) return true;
  const [, not, path = "", sign, quoted = ""] = match;
  const wanted = quoted.replace(/^(["'])(.*)\1$/, "$2");
  const found = valuesAt(body, path.split(".")).some((value) => compares(value, sign, wanted));
  return not ? !found : found;
}

/** A path through a list looks at every member. */
function valuesAt(value: unknown, path: string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((member) => valuesAt(member, path));
  const [first, ...rest] = path;
  if (first === undefined) return [value];
  return value && typeof value === "object" ? valuesAt((value as Record<string, unknown>)[first], rest) : [];
}

function compares(value: unknown, sign: string | undefined, wanted: string): boolean {
  if (wanted === "*") return value !== null && value !== undefined;
  if (!sign) return String(value ?? "").toLowerCase() === wanted.toLowerCase();
  const [left, right] = [Number(value), Number(wanted)];
  if (Number.isNaN(left) || Number.isNaN(right)) return false;
  if (sign === ">") return left > right;
  if (sign === "<") return left < right;
  return sign === ">=" ? left >= right : left <= right;
}
