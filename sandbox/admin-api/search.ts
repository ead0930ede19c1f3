// Shopify's search syntax: words, `field:value`, comparisons, quotes, a trailing *, AND, OR, NOT, - and brackets.

type Value = string | number | boolean | null | undefined | string[];
export type Searchable<Item> = {
  /** What bare words are looked for in. */
  text: (item: Item) => string;
  fields: Record<string, (item: Item) => Value>;
};
type Test<Item> = (item: Item) => boolean;
type Token =
  | { kind: "(" | ")" | "and" | "or" | "not" }
  | { kind: "term"; field: string | null; sign: string; value: string; quoted: boolean };

export function matcher<Item>(query: string | null | undefined, searchable: Searchable<Item>): Test<Item> {
  const tokens = tokensOf(query ?? "");
  if (tokens.length === 0) return () => true;
  let at = 0;

  const either = (): Test<Item> => {
    const tests = [both()];
    while (tokens[at]?.kind === "or") {
      at += 1;
      tests.push(both());
    }
    return (item) => tests.some((test) => test(item));
  };
  const both = (): Test<Item> => {
    const tests: Test<Item>[] = [];
    while (at < tokens.length && tokens[at]?.kind !== "or" && tokens[at]?.kind !== ")") {
      if (tokens[at]?.kind === "and") at += 1;
      else tests.push(one());
    }
    return (item) => tests.every((test) => test(item));
  };
  const one = (): Test<Item> => {
    const token = tokens[at++];
    if (token?.kind === "not") {
      const test = one();
      return (item) => !test(item);
    }
    if (token?.kind === "(") {
      const test = either();
      if (tokens[at]?.kind === ")") at += 1;
      return test;
    }
    return token?.kind === "term" ? termTest(token, searchable) : () => true;
  };
  const tests: Test<Item>[] = [];
  while (at < tokens.length) {
    tests.push(either());
    if (tokens[at]?.kind === ")") at += 1;
  }
  return (item) => tests.every((test) => test(item));
}

/** The names of the fields a query asks about. */
export const fieldsIn = (query: string): string[] =>
  tokensOf(query).flatMap((token) => (token.kind === "term" && token.field ? [token.field] : []));

const shape =
  /\s*(?:([()])|(AND|OR|NOT)(?=[\s(])|(-)(?=[\w("'])|(?:([A-Za-z_][\w.]*):)?(>=|<=|>|<|=)?("(?:\\.|[^"])*"|'(?:\\.|[^'])*'|[^\s()]+))/gy;

function tokensOf(query: string): Token[] {
  const tokens: Token[] = [];
  shape.lastIndex = 0;
  for (let found = shape.exec(query); found; found = shape.exec(query)) {
    const [, bracket, word, minus, field, sign = "", raw = ""] = found;
    if (bracket) tokens.push({ kind: bracket as "(" | ")" });
    else if (word) tokens.push({ kind: word.toLowerCase() as "and" | "or" | "not" });
    else if (minus) tokens.push({ kind: "not" });
    else {
      const quoted = /^["']/.test(raw);
      tokens.push({ kind: "term", field: field ?? null, sign, value: quoted ? raw.slice(1, -1).replace(/\\(.)/g, "$1") : raw, quoted });
    }
  }
  return tokens;
}

function termTest<Item>(term: Extract<Token, { kind: "term" }>, { text, fields }: Searchable<Item>): Test<Item> {
  const wanted = term.value.toLowerCase();
  if (term.field === null) {
    const stem = wanted.replace(/\*$/, "");
    return (item) =>
      text(item)
        .toLowerCase()
        .split(/[\s,]+/)
        .some((part) => part.startsWith(stem)) || text(item).toLowerCase().includes(stem);
  }
  const read = fields[term.field];
  // Shopify warns of a field it does not know and leaves it out.
  if (!read) return () => true;
  return (item) => {
    const value = read(item);
    return Array.isArray(value) ? value.some((member) => fits(member, term.sign, wanted)) : fits(value, term.sign, wanted);
  };
}

function fits(value: Exclude<Value, string[]>, sign: string, wanted: string): boolean {
  if (wanted === "*") return value !== null && value !== undefined && value !== "";
  if (value === null || value === undefined) return false;
  if (typeof value === "number") return ordered(value - Number(wanted), sign);
  const text = String(value).toLowerCase();
  if (/^\d{4}-\d\d-\d\dt/.test(text)) {
    const at = wanted === "now" ? Date.now() : Date.parse(wanted);
    if (Number.isNaN(at)) return false;
    // A day without a time means the whole day.
    if ((sign === "" || sign === "=") && wanted.length === 10) return text.startsWith(wanted);
    return ordered(Date.parse(text) - at, sign);
  }
  if (sign === "" || sign === "=")
    return wanted.endsWith("*")
      ? text.startsWith(wanted.slice(0, -1)) || text.split(/\s+/).some((word) => word.startsWith(wanted.slice(0, -1)))
      : text === wanted;
  const [left, right] = [Number(text), Number(wanted)];
  return ordered(Number.isNaN(left) || Number.isNaN(right) ? text.localeCompare(wanted) : left - right, sign);
}

function ordered(difference: number, sign: string): boolean {
  if (Number.isNaN(difference)) return false;
  if (sign === ">") return difference > 0;
  if (sign === "<") return difference < 0;
  if (sign === ">=") return difference >= 0;
  if (sign === "<=") return difference <= 0;
  return difference === 0;
}
