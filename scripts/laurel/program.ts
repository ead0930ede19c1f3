import { writeFileSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import type { PublishedVersion } from "../../app/db/programme.ts";
import { runBacktest } from "../../app/flows/insight/run-backtest.ts";
import { publishProgramme } from "../../app/flows/programme/publish-programme.ts";
import { saveDraft } from "../../app/flows/programme/save-draft.ts";
import { localText } from "../../app/loyalty/local-text.ts";
import { instantOf } from "../../app/loyalty/local-time.ts";
import type { Definition } from "../../app/loyalty/program/definition.ts";
import { type Change, diffProgrammes, sayChange } from "../../app/loyalty/program/diff.ts";
import { programmeSchema } from "../../app/loyalty/program/json-schema.ts";
import { wordsOfProgrammes } from "../../app/loyalty/program/words-of-programmes.ts";
import { isRefusal } from "../../app/loyalty/refusal.ts";
import { mistaken } from "./mistaken.ts";
import { currencyOf, formatOf, readProgrammeFile, WrongFile } from "./programme-file.ts";
import { type OpenProgramme, withProgramme } from "./programme-of.ts";
import { sayBacktest } from "./say-backtest.ts";
import { sayMovers } from "./say-movers.ts";
import { writeProgramme } from "./write-programme.ts";

export const programUsage = `  program export [FILE] --shop x.myshopify.com [--draft]
                     the newest version, or the draft, as YAML or JSON by the file's name; without FILE on the screen
  program validate FILE
                     what is wrong with it, with line and column; asks no database
  program diff FILE --shop x.myshopify.com [--draft] [--json] [--exit-code]
                     what it would change of the newest version, or of the draft, in words, and who would move between
                     tiers; with --exit-code it ends with 1 where they differ, and with 2 where it cannot say
  program backtest FILE --shop x.myshopify.com [--json]
                     try it on the shop's own past, beside the versions that were in force
  program apply FILE --shop x.myshopify.com --note WHY [--from 2026-12-01T00:00] [--based-on VERSION]
                     publish it, with the checks of the admin, which asks why as well; --from is by the programme's clocks, or "now" where
                     a version waits for its day
  program apply FILE --shop x.myshopify.com --draft
                     put it in the draft's place, for staff to look at and publish
  program schema [FILE]
                     the JSON Schema of programmes, for editors
  A program command ends with 0 when it is done, with 1 where a file is wrong or is refused (then nothing was changed),
  and with 2 where what was typed cannot be done.`;

export type ProgramGiven = {
  rest: string[];
  values: { shop?: string; note?: string; from?: string; "based-on"?: string; draft: boolean; json: boolean; "exit-code": boolean };
};

const fileOf = ({ rest }: ProgramGiven, what: string): string => {
  const [typed] = rest;
  if (!typed) return mistaken(`program ${what} needs a file.`);
  nothingBehind(rest);
  return pathOf(typed);
};

const nothingBehind = ([, more]: readonly string[]): void => {
  if (more !== undefined) mistaken(`One file at a time: “${more}” is one too many.`);
};

// npm runs scripts in the folder of package.json; INIT_CWD is where the person is.
const pathOf = (typed: string): string => (isAbsolute(typed) ? typed : resolve(process.env.INIT_CWD ?? ".", typed));

function writeTo(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    mistaken(`${file} cannot be written: ${cause instanceof Error ? cause.message : cause}`);
  }
}

const shopOf = ({ values }: ProgramGiven, what: string): string =>
  values.shop ?? mistaken(`program ${what} needs --shop, such as juniper.myshopify.com.`);

export const programCommands: Record<string, (given: ProgramGiven) => Promise<void>> = {
  async "program schema"({ rest: [file] }) {
    const text = `${JSON.stringify(programmeSchema(), null, 2)}\n`;
    if (file) writeTo(pathOf(file), text);
    else process.stdout.write(text);
  },

  async "program validate"(given) {
    const file = fileOf(given, "validate");
    const { earning, rewards } = readProgrammeFile(file);
    console.log(`${file} is a programme: ${several(earning.length, "earning rule")}, ${several(rewards.length, "reward")}.`);
  },

  async "program export"(given) {
    const shop = shopOf(given, "export");
    const file = given.rest[0] ? fileOf(given, "export") : null;
    if (file) formatOf(file);
    await withProgramme(shop, async (open) => {
      const { currency, timeZone } = open.working;
      const { definition, called } = chosen(open, given);
      const say = wordsOfProgrammes(currency, definition);
      const text = writeProgramme(definition, file ?? pathOf("programme.yaml"), { shop, currency, timeZone, what: called }, say);
      if (!file) return void process.stdout.write(text);
      writeTo(file, text);
      console.log(`${file} is ${called}.`);
    });
  },

  async "program diff"(given) {
    const shop = shopOf(given, "diff");
    const file = fileOf(given, "diff");
    const after = readProgrammeFile(file);
    await withProgramme(shop, async (open) => {
      isOfItsCurrency(file, open);
      const { definition, called } = chosen(open, given);
      const changes = changesTo(definition, after, open);
      if (given.values["exit-code"] && changes.length > 0) process.exitCode = 1;
      if (given.values.json) return console.log(JSON.stringify(changes, null, 2));
      console.log(changes.length > 0 ? sayChanges(changes) : `Nothing differs from ${called}.`);
      for (const line of await sayMovers(open, after)) console.log(line);
      sayWaiting(open);
    });
  },

  async "program backtest"(given) {
    const shop = shopOf(given, "backtest");
    const file = fileOf(given, "backtest");
    const definition = readProgrammeFile(file);
    await withProgramme(shop, async (open) => {
      isOfItsCurrency(file, open);
      const { context, newest } = open;
      const report = await runBacktest(context, { definition, onProgress: progress(given.values.json) });
      console.log(given.values.json ? JSON.stringify(report, null, 2) : sayBacktest(report, definition, newest.definition));
    });
  },

  async "program apply"(given) {
    const shop = shopOf(given, "apply");
    const file = fileOf(given, "apply");
    const definition = readProgrammeFile(file);
    const typedBase = given.values["based-on"];
    if (typedBase !== undefined && !/^\d{1,9}$/.test(typedBase)) return mistaken("--based-on is the number of a version.");
    await withProgramme(shop, async (open) => {
      isOfItsCurrency(file, open);
      if (given.values.draft) return draftIt(open, definition, given);
      const typedFrom = given.values.from;
      const from = typedFrom === undefined || typedFrom === "now" ? null : instantFrom(typedFrom, open.working.timeZone);
      const basedOn = typedBase === undefined ? open.newest.version : Number(typedBase);
      const changes = changesTo(open.newest.definition, definition, open);
      const waiting = waitingOf(open);
      // What waits for its day may be wanted sooner.
      const isSooner = waiting && typedFrom !== undefined && (from ?? open.context.now()) < waiting.effectiveFrom;
      if (changes.length === 0 && !isSooner)
        return console.log(`Nothing differs from version ${open.newest.version}: nothing was published.`);
      if (waiting && typedFrom === undefined) return sayWhen(open, waiting);
      const { note = "" } = given.values;
      if (note.trim() === "") return mistaken('Say why, so that others can follow later: --note "Summer".');
      const published = await publishProgramme(open.context, { definition, basedOn, note, from });
      if (isRefusal(published)) throw new Error(published.sentence);
      if (changes.length > 0) console.log(sayChanges(changes));
      console.log(`Version ${published.version} is published, in force from ${await open.inForceFrom(published.version)}.`);
      if (waiting && isSooner) console.log(`Version ${waiting.version}, which waited for its day, never is in force.`);
    });
  },
};

// The same number is a hundred times as much in yen as in dollars.
function isOfItsCurrency(file: string, { working: { currency } }: OpenProgramme): void {
  const said = currencyOf(file);
  if (said && said !== currency)
    throw new WrongFile(
      `${file}  Its money is in ${said}, and this programme counts in ${currency}. Convert the amounts, then write ${currency} in the comment above. Nothing was changed.`,
    );
}

// On a terminal only: in a log, lines that overwrite each other are in the way.
const progress = (isQuiet: boolean) =>
  isQuiet || !process.stderr.isTTY
    ? undefined
    : ({ done, total }: { done: number; total: number }) => void process.stderr.write(`\r${done} of ${total}${done >= total ? "\n" : ""}`);

async function draftIt(open: OpenProgramme, definition: Definition, { values }: ProgramGiven): Promise<void> {
  if (values.from !== undefined) return mistaken("A draft takes effect when it is published: leave --from away.");
  const changes = changesTo(open.working.definition, definition, open);
  const saved = await saveDraft(open.context, { definition, revision: open.working.revision, what: values.note });
  if (isRefusal(saved)) throw new Error(saved.sentence);
  if ("newer" in saved) throw new Error("Somebody else edits the draft at this moment. Look at it, then try again.");
  console.log(changes.length > 0 ? sayChanges(changes) : "Nothing differs from the draft.");
  console.log("The draft is what the file says. Nothing was published.");
}

/** What a command is about: the newest version, or the draft where one asks for it. */
function chosen({ newest, working }: OpenProgramme, { values }: ProgramGiven): { definition: Definition; called: string } {
  if (!values.draft) return { definition: newest.definition, called: `version ${newest.version}` };
  if (!working.draft) return { definition: newest.definition, called: `version ${newest.version} (there is no draft)` };
  return { definition: working.definition, called: `the draft, begun on version ${working.basedOn}` };
}

const changesTo = (before: Definition, after: Definition, { working }: OpenProgramme): Change[] =>
  diffProgrammes(before, after, wordsOfProgrammes(working.currency, after, before));

function sayChanges(changes: readonly Change[]): string {
  const lines = changes.map((one, at) => `${one.part === changes[at - 1]?.part ? "" : `${one.part}\n`}  ${sayChange(one)}`);
  return [...lines, changes.length === 1 ? "1 change." : `${changes.length} changes.`].join("\n");
}

function sayWaiting({ newest, version }: OpenProgramme): void {
  if (newest.version !== version) console.log(`Version ${newest.version} waits for its day; version ${version} is in force.`);
}

/** The newest version, where its day is still to come. */
const waitingOf = ({ context, working: { newest } }: OpenProgramme): PublishedVersion | null =>
  newest.effectiveFrom > context.now() ? newest : null;

// An exported file has what waits for its day: whoever puts that in force before it has to mean it.
async function sayWhen(
  { inForceFrom, working: { timeZone } }: OpenProgramme,
  { version, effectiveFrom }: PublishedVersion,
): Promise<never> {
  const day = await inForceFrom(version);
  const typed = localText(effectiveFrom, timeZone);
  return mistaken(`Version ${version} waits for ${day}. Say --from ${typed} to put this in its place, or --from now to do so at once.`);
}

function instantFrom(typed: string, timeZone: string): Date {
  const [, day, time = "00:00"] = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}))?$/.exec(typed) ?? [];
  // As a date of JavaScript 30 February would be 2 March.
  const isReal = instantOf({ day: typed.slice(0, 10), time: "00:00", timeZone }) !== undefined;
  const isInstant = isReal && /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(typed);
  const found = day ? instantOf({ day, time, timeZone }) : isInstant ? new Date(typed) : undefined;
  return found && !Number.isNaN(found.getTime()) ? found : mistaken("--from is a day and a time, such as 2026-12-01T00:00.");
}

const several = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
