import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { checkProgramme } from "../../app/loyalty/program/check.ts";
import { simplePoints } from "../../app/loyalty/program/definition.ts";
import { wordsOfProgrammes } from "../../app/loyalty/program/words-of-programmes.ts";
import { jsonMistake } from "../../scripts/laurel/json-mistake.ts";
import { readProgrammeFile } from "../../scripts/laurel/programme-file.ts";
import { writeProgramme } from "../../scripts/laurel/write-programme.ts";
import { anyProgramme } from "../support/any-programme.ts";

const files = mkdtempSync(join(tmpdir(), "laurel-file-"));
afterAll(() => rmSync(files, { recursive: true, force: true }));

const simple = simplePoints(100);
const json = JSON.stringify(simple, null, 2);
const yaml = stringify(simple);

const read = (name: string, text: string | Uint8Array) => {
  writeFileSync(join(files, name), text);
  return readProgrammeFile(join(files, name));
};
/** What is said of a file, without its folder and without the line that counts the problems. */
function said(name: string, text: string | Uint8Array): string {
  try {
    read(name, text);
    return "";
  } catch (error) {
    return (error as Error).message.replaceAll(`${files}/`, "").replace(/\n\d+ problems?\. Nothing was changed\.$/, "");
  }
}

test.each<[string, string | Uint8Array]>([
  ["plain.yaml", yaml],
  ["plain.yml", yaml],
  ["plain.json", json],
  ["SHOUTED.JSON", json],
  ["Shouted.YAML", yaml],
  ["json-as-yaml.yaml", json],
  ["mark.json", `\ufeff${json}`],
  ["mark.yaml", `\ufeff${yaml}`],
  ["windows.json", json.replaceAll("\n", "\r\n")],
  ["windows.yaml", yaml.replaceAll("\n", "\r\n")],
  ["tabs.json", JSON.stringify(simple, null, "\t")],
  ["marked.yaml", `---\n${yaml}...\n`],
  ["commented.yaml", `# ours\n${yaml}# the end\n`],
  ["scientific.yaml", yaml.replace("per: 100", "per: 1e2")],
])("%s is a programme, however it was saved", (name, text) => {
  expect(read(name, text)).toEqual(simple);
});

const latin1 = Buffer.from(yaml.replace("Shopping", "Café"), "latin1");
test.each<[string, string | Uint8Array, string]>([
  ["latin.yaml", latin1, "latin.yaml:7  A letter of this line is not written in UTF-8. Save the file as UTF-8."],
  ["wide.yaml", Buffer.from(yaml, "utf16le"), "wide.yaml  It is no text in UTF-8 (UTF-16 perhaps). Save the file as UTF-8."],
  ["wide.json", Buffer.from(`\ufeff${json}`, "utf16le"), "wide.json  It is no text in UTF-8 (UTF-16 perhaps). Save the file as UTF-8."],
  ["empty.json", "", "empty.json:1:1  It is empty."],
  ["comment.json", `// ours\n${json}`, "comment.json:1:1  JSON has no comments. Take it out, or write YAML and call the file .yaml."],
  ["comma.json", '{\n  "points": {},\n}', "comma.json:2:15  No comma stands before “}” in JSON. Take it away."],
  ["no-comma.json", '{\n  "a": 1\n  "b": 2\n}', "no-comma.json:3:3  A comma is missing before this."],
  ["no-colon.json", '{ "a" 1 }', "no-colon.json:1:7  A colon is missing before this."],
  ["no-value.json", '{ "a": }', "no-value.json:1:8  A value is missing here."],
  ["no-name.json", "{ 1: 2 }", "no-name.json:1:3  A setting's name is missing here, in double quotation marks."],
  ["single.json", "{ 'a': 1 }", "single.json:1:3  Texts and names stand in double quotation marks in JSON."],
  ["cut.json", '{ "a": [1', "cut.json:1:10  It ends too early: “[” is never closed."],
  ["crossed.json", '{ "a": [1 } ]', "crossed.json:1:11  “}” closes nothing that was opened before it."],
  ["two.json", "{} {}", "two.json:1:4  Something stands behind the end of the programme. Take it away."],
  ["deep.json", "[".repeat(100_000), "deep.json:1:201  It is nested far too deep."],
  ["deep.yaml", "[".repeat(10_000), "It is nested far too deep."],
  ["nan.json", '{ "a": NaN }', "nan.json:1:8  “NaN” is nothing that JSON knows"],
  ["truth.json", '{ "a": True }', "truth.json:1:8  “True” is nothing that JSON knows"],
  ["lost.yaml", "points:\n  one: *nobody\n", "lost.yaml:2:8  There is no anchor &nobody before this."],
  ["tagged.yaml", "points: !money 5\n", "tagged.yaml:1:9  A word with an exclamation mark means nothing here."],
  ["colon.yaml", "points: a: b\n", "colon.yaml:1:9  A second colon makes a group within a line."],
  ["sign.yaml", "points: @home\n", "sign.yaml:1:9  A text cannot begin with this sign. Put it in quotation marks."],
  ["quote.yaml", 'points: "one\n', "A quotation mark or a bracket is opened before this and never closed."],
  ["yes.yaml", yaml.replace("active: true", "active: yes"), "Write true, without quotation marks."],
  ["huge.yaml", yaml.replace("per: 100", "per: 99999999999999999999"), "is too much."],
])("%s is none, and the place and the reason are told in plain words", (name, text, words) => {
  expect(said(name, text)).toContain(words);
  expect(said(name, text)).not.toMatch(/Unexpected|implicit|token|stack/i);
});

test("a folder is no file", () => {
  mkdirSync(join(files, "folder.yaml"));
  expect(() => readProgrammeFile(join(files, "folder.yaml"))).toThrow("folder.yaml is no file.");
});

test("whatever a programme says is read from its file as it was", () => {
  const source = { shop: "a.myshopify.com", currency: "USD", timeZone: "UTC", what: "version 1" };
  const odd = [
    "yes",
    "null",
    "~",
    "1e3",
    "- a",
    "# a",
    "a: b",
    "a #b",
    "'",
    '"',
    "\\",
    "|",
    "!a",
    "*a",
    "@",
    "{a}",
    "a\nb",
    "a\r\nb",
    "\u2028a",
    "\u0085a",
    "\ufeffa",
  ];
  const name = fc.oneof(fc.constantFrom(...odd), fc.string({ unit: "binary", minLength: 1, maxLength: 20 }));
  fc.assert(
    fc.property(anyProgramme, name, name, (made, one, other) => {
      const [first, ...rest] = made.earning;
      const checked = checkProgramme({
        ...made,
        points: { one, other },
        earning: first ? [{ ...first, name: one, group: other }, ...rest] : [],
        texts: { fr: { "rewards.five-off": other } },
      });
      if (!checked.ok) return;
      const { definition } = checked;
      for (const format of ["written.yaml", "written.json"])
        expect(read(format, writeProgramme(definition, join(files, format), source, wordsOfProgrammes("USD", definition)))).toEqual(
          definition,
        );
    }),
    { numRuns: 150 },
  );
});

describe("a text that should be JSON", () => {
  test("has a mistake where its reader finds one, and only then", () => {
    const spoilt = fc
      .tuple(
        fc.json(),
        fc.nat({ max: 60 }),
        fc.nat({ max: 3 }),
        fc.constantFrom("", ",", "}", "]", "{", "[", '"', ":", "1", " ", "-", "\\", "e", "tru", "\t"),
      )
      .map(([text, at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut));
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.json({ stringUnit: "binary" }), spoilt), (text) => {
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        const mistake = jsonMistake(text);
        expect(mistake === null).toBe(isJson);
        if (mistake) expect(mistake.offset).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 3_000 },
    );
  });
});
