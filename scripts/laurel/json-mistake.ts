/** Where a text stops being JSON, and what is wrong there. */
export type Mistake = { offset: number; said: string };

// Deeper than any programme: what reads it afterwards calls itself for every level.
const deepest = 200;

const space = /[ \t\r\n]*/y;
// Any letter from the space on, but the quotation mark and the backslash.
const text = /"(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy;
const plain = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;
const word = /[^\s,:[\]{}"]+/y;

type Expected = "value" | "value or end" | "name" | "name or end" | "colon" | "comma or end" | "nothing";

/** The first mistake of a text that should be JSON, in words; the reader of JSON has a place for some of them only. */
export function jsonMistake(json: string): Mistake | null {
  const open: ("{" | "[")[] = [];
  let expected: Expected = "value";
  let comma: number | null = null;

  for (let at = skip(json, 0); at < json.length; at = skip(json, at)) {
    const no = (said: string): Mistake => ({ offset: at, said });
    const sign = json[at] as string;
    const around = open.at(-1);
    const isText = sign === '"';
    const end = ends(isText ? text : plain, json, at);

    if (expected === "nothing") return no("Something stands behind the end of the programme. Take it away.");
    if (sign === "}" || sign === "]") {
      if ((sign === "}") !== (around === "{")) return no(`“${sign}” closes nothing that was opened before it.`);
      if (comma !== null) return { offset: comma, said: `No comma stands before “${sign}” in JSON. Take it away.` };
      if (expected === "colon" || expected === "value") return no("A value is missing here.");
      open.pop();
      expected = open.length > 0 ? "comma or end" : "nothing";
      at += 1;
      continue;
    }
    const isFirst = expected === "comma or end" || expected === "colon";
    if (isFirst && sign === (expected === "colon" ? ":" : ",")) {
      comma = sign === "," ? at : null;
      expected = sign === ":" || around === "[" ? "value" : "name";
      at += 1;
      continue;
    }
    if (isText && end === null)
      return no("This text is not written as JSON: close it with a quotation mark on its line, and write \\ as \\\\.");
    const odd = !isText && end === null && !"{[,:".includes(sign) ? oddWord(json, at) : null;
    if (odd) return no(odd);
    if (isFirst) return no(expected === "colon" ? "A colon is missing before this." : "A comma is missing before this.");
    comma = null;
    if (expected === "name" || expected === "name or end") {
      if (!isText) return no("A setting's name is missing here, in double quotation marks.");
      expected = "colon";
      at = end ?? at;
      continue;
    }
    if (sign === "{" || sign === "[") {
      open.push(sign);
      if (open.length > deepest) return no("It is nested far too deep.");
      expected = sign === "{" ? "name or end" : "value or end";
      at += 1;
      continue;
    }
    if (end === null) return no("A value is missing here.");
    expected = open.length > 0 ? "comma or end" : "nothing";
    at = end;
  }
  if (expected === "nothing") return null;
  if (json.trim() === "") return { offset: 0, said: "It is empty." };
  return { offset: json.length, said: `It ends too early: ${open.length > 0 ? `“${open.at(-1)}” is never closed` : "nothing is in it"}.` };
}

function oddWord(json: string, at: number): string {
  const found = json.slice(at, ends(word, json, at) ?? at + 1).slice(0, 40);
  if (/^(\/\/|\/\*|#)/.test(found)) return "JSON has no comments. Take it out, or write YAML and call the file .yaml.";
  if (found.startsWith("'")) return "Texts and names stand in double quotation marks in JSON.";
  return `“${found}” is nothing that JSON knows: write a number, true, false or null, and texts and names in double quotation marks.`;
}

const skip = (json: string, at: number): number => ends(space, json, at) ?? at;

function ends(pattern: RegExp, json: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(json) ? pattern.lastIndex : null;
}
