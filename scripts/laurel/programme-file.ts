import { readFileSync, statSync } from "node:fs";
import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
  type YAMLMap,
} from "yaml";
import { checkProgramme, type Problem, sayProblem } from "../../app/loyalty/program/check.ts";
import type { Definition } from "../../app/loyalty/program/definition.ts";
import { jsonMistake } from "./json-mistake.ts";
import { mistaken } from "./mistaken.ts";
import { NoText, textOf } from "./text-of.ts";
import { writtenOut } from "./written-out.ts";

/** A file that is no programme, with everything that is wrong in it. */
export class WrongFile extends Error {}

// Three hundred rules with all their conditions are less; what is larger is something else, and would take minutes to read.
const mostBytes = 4_000_000;
const mostNodes = 500_000;
const tooLarge = "It is larger than 4 MB. A programme is never so large: look whether this is the right file.";

/** Reads a programme from YAML or JSON, by the file's name. @throws WrongFile with a line for each problem and its place */
export function readProgrammeFile(file: string): Definition {
  const { value, placeOf } = parsed(file, textIn(file));
  const checked = checkProgramme(value);
  if (checked.ok) return checked.definition;
  return wrong(checked.problems.map((one) => `${file}:${placeOf(one.at)}  ${one.path ? `${one.path}: ` : ""}${sayProblem(one)}`));
}

/** The currency that a file says its money is in, as an exported one does above its first line; null where it says none. */
export const currencyOf = (file: string): string | null =>
  formatOf(file) === "yaml" ? (/^# *Money is in minor units of ([A-Z]{3})\b/m.exec(textIn(file))?.[1] ?? null) : null;

function wrong(lines: readonly string[]): never {
  throw new WrongFile([...lines, `${lines.length === 1 ? "1 problem" : `${lines.length} problems`}. Nothing was changed.`].join("\n"));
}

/** Of which of the two a file is, by its name. */
export function formatOf(file: string): "yaml" | "json" {
  const [, ending] = /\.(json|ya?ml)$/i.exec(file) ?? [];
  if (!ending) return mistaken(`${file} is neither YAML nor JSON by its name: call it .yaml, .yml or .json.`);
  return ending.toLowerCase() === "json" ? "json" : "yaml";
}

function textIn(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) return mistaken(`There is no file ${file}.`);
  if (!found.isFile()) return mistaken(`${file} is no file.`);
  if (found.size > mostBytes) return wrong([`${file}  ${tooLarge}`]);
  formatOf(file);
  try {
    return textOf(readFileSync(file));
  } catch (cause) {
    if (cause instanceof NoText) return wrong([`${file}${cause.line === null ? "" : `:${cause.line}`}  ${cause.message}`]);
    return mistaken(`${file} cannot be read: ${cause instanceof Error ? cause.message : cause}`);
  }
}

type Parsed = { value: unknown; placeOf: (at: Problem["at"]) => string };

function parsed(file: string, text: string): Parsed {
  const isJson = formatOf(file) === "json";
  const lines = new LineCounter();
  const placeAt = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${line}:${col}`;
  };
  const wrongAt = (offset: number, said: string) => wrong([`${file}:${placeAt(offset)}  ${said}`]);
  const mistake = isJson ? jsonMistake(text) : null;
  if (mistake) {
    for (let at = 0; at >= 0; at = text.indexOf("\n", at) + 1 || -1) lines.addNewLine(at);
    return wrongAt(mistake.offset, mistake.said);
  }
  // JSON is YAML too, so one reader knows the lines and columns of both.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: !isJson });
  const [error] = [...document.errors, ...document.warnings.filter(({ code }) => code === "TAG_RESOLVE_FAILED")];
  if (error) return wrongAt(error.pos[0], inOurWords(error));
  const lost = lostAlias(document);
  if (lost)
    return wrongAt(startOf(lost) ?? 0, `There is no anchor &${lost.source} before this. Write one, or write out what it stands for.`);
  // The reader's own count would refuse what a hundred rules have in common.
  if (writtenOut(document) > mostNodes) return wrong([`${file}  ${tooManyAliases}`]);
  try {
    const value: unknown = isJson ? JSON.parse(text) : document.toJS({ maxAliasCount: -1 });
    return { value: withoutSchema(value), placeOf: (at) => placeAt(offsetOf(document, at)) };
  } catch (cause) {
    return wrong([`${file}  ${cause instanceof Error ? cause.message : cause}`]);
  }
}

/** The first alias whose anchor was not written before it. */
function lostAlias(document: Document): Alias | undefined {
  const anchors = new Set<string>();
  let lost: Alias | undefined;
  visit(document, (_, node) => {
    if (isAlias(node) && !anchors.has(node.source)) lost = node;
    if (isNode(node) && "anchor" in node && node.anchor) anchors.add(node.anchor);
    return lost ? visit.BREAK : undefined;
  });
  return lost;
}

const tooManyAliases = "Its anchors repeat each other too often. Write out what they stand for.";

// What the reader of YAML says for programmers, where people who write such files run into it.
const ourWords: Record<string, string> = {
  TAB_AS_INDENT: "A tab stands where lines are indented. Use spaces: YAML knows no tabs there.",
  DUPLICATE_KEY: "This setting is written twice in its group. Keep one of them.",
  MULTIPLE_DOCS: "A second programme begins here. A file has one: write others into files of their own.",
  BAD_INDENT: "This line is not indented like the others of its group, or a bracket before it is not closed. Line it up with them.",
  BLOCK_AS_IMPLICIT_KEY: "A second colon makes a group within a line. Put the text in quotation marks, or the group on lines of its own.",
  BLOCK_IN_FLOW: "A comma is missing within the brackets before this, or the group needs lines of its own.",
  BAD_SCALAR_START: "A text cannot begin with this sign. Put it in quotation marks.",
  BAD_DQ_ESCAPE: "A backslash stands for something else within double quotation marks. Write \\\\, or use single ones.",
  MISSING_CHAR: "A quotation mark or a bracket is opened before this and never closed. Close it.",
  MULTILINE_IMPLICIT_KEY: "This is no setting: after its name stand a colon and a space, on one line.",
  RESOURCE_EXHAUSTION: "It is nested far too deep.",
  TAG_RESOLVE_FAILED: "A word with an exclamation mark means nothing here. Take it away, or put the text in quotation marks.",
  UNEXPECTED_TOKEN: "This cannot stand here. Look at the brackets, quotation marks and dashes before it.",
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
