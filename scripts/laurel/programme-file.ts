import { existsSync, readFileSync, statSync } from "node:fs";
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type YAMLMap } from "yaml";
import { checkProgramme, type Problem, sayProblem } from "../../app/loyalty/program/check.ts";
import type { Definition } from "../../app/loyalty/program/definition.ts";
import { mistaken } from "./mistaken.ts";
import { writtenOut } from "./written-out.ts";

/** A file that is no programme, with everything that is wrong in it. */
export class WrongFile extends Error {}

// Three hundred rules with all their conditions are less; what is larger is something else, and would take minutes to read.
const mostBytes = 4_000_000;
const mostNodes = 500_000;
const tooLarge = "It is larger than 4 MB. A programme is never so large: look whether this is the right file.";

/** Reads a programme from YAML or JSON, by the file's name. @throws WrongFile with a line for each problem and its place */
export function readProgrammeFile(file: string): Definition {
  if (!existsSync(file)) return mistaken(`There is no file ${file}.`);
  if (statSync(file).size > mostBytes) throw new WrongFile(`${file}  ${tooLarge}\n1 problem. Nothing was changed.`);
  const { value, placeOf } = parsed(file, readFileSync(file, "utf8"));
  const checked = checkProgramme(value);
  if (checked.ok) return checked.definition;
  const lines = checked.problems.map((one) => `${file}:${placeOf(one.at)}  ${one.path ? `${one.path}: ` : ""}${sayProblem(one)}`);
  const count = lines.length === 1 ? "1 problem" : `${lines.length} problems`;
  throw new WrongFile(`${lines.join("\n")}\n${count}. Nothing was changed.`);
}

type Parsed = { value: unknown; placeOf: (at: Problem["at"]) => string };

function parsed(file: string, text: string): Parsed {
  const isJson = file.endsWith(".json");
  if (!isJson && !/\.ya?ml$/.test(file)) return mistaken(`${file} is neither YAML nor JSON by its name: call it .yaml, .yml or .json.`);
  // JSON is YAML too, so one reader knows the lines and columns of both.
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: !isJson });
  const placeAt = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${line}:${col}`;
  };
  const [error] = document.errors;
  if (error) throw new WrongFile(`${file}:${placeAt(error.pos[0])}  ${inOurWords(error)}\n1 problem. Nothing was changed.`);
  try {
    // The reader's own count would refuse what a hundred rules have in common.
    if (writtenOut(document) > mostNodes) throw new Error(tooManyAliases);
    const value: unknown = isJson ? JSON.parse(text) : document.toJS({ maxAliasCount: -1 });
    return { value: withoutSchema(value), placeOf: (at) => placeAt(offsetOf(document, at)) };
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new WrongFile(`${file}  ${said}\n1 problem. Nothing was changed.`);
  }
}

const tooManyAliases = "Its anchors repeat each other too often. Write out what they stand for.";

// What the reader of YAML says for programmers, where people who write such files run into it.
const ourWords: Record<string, string> = {
  TAB_AS_INDENT: "A tab stands where lines are indented. Use spaces: YAML knows no tabs there.",
  DUPLICATE_KEY: "This setting is written twice in its group. Keep one of them.",
  MULTIPLE_DOCS: "A second programme begins here. A file has one: write others into files of their own.",
};

const inOurWords = ({ code, message }: { code: string; message: string }): string => ourWords[code] ?? message;

// Editors find the schema by this key; it is no part of the programme.
function withoutSchema(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const { $schema: _, ...programme } = value as Record<string, unknown>;
  return programme;
}

/** Where something is written: its key in a group, itself in a list; where it is missing, what it is missing from. */
function offsetOf(document: Document, at: Problem["at"]): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const key of at) {
    const whole = isAlias(node) ? node.resolve(document) : node;
    if (isMap(whole)) {
      const pair = pairOf(document, whole, String(key));
      if (!pair) return offset;
      offset = startOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(whole)) {
      node = whole.items[Number(key)];
      if (node === undefined) return offset;
      offset = startOf(node) ?? offset;
    } else return offset;
  }
  return offset;
}

const named = ({ key }: Pair): string => String(isScalar(key) ? key.value : key);

/** Where a key of a group is written: in itself, else in what it merges, of which the first that has it counts. */
function pairOf(document: Document, group: YAMLMap, key: string): Pair | undefined {
  const own = group.items.find((one) => named(one) === key);
  if (own) return own;
  const merged = group.items.filter((one) => isMergeKey(one)).flatMap(({ value }) => (isSeq(value) ? value.items : [value]));
  for (const one of merged) {
    const base = isAlias(one) ? one.resolve(document) : one;
    const found = isMap(base) ? pairOf(document, base, key) : undefined;
    if (found) return found;
  }
  return undefined;
}

const isMergeKey = ({ key }: Pair): boolean =>
  isScalar(key) && (key.value === "<<" || (typeof key.value === "symbol" && key.value.description === "<<"));

const startOf = (node: unknown): number | undefined =>
  typeof node === "object" && node !== null && "range" in node ? (node as Node).range?.[0] : undefined;
