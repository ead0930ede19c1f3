import { type Definition, definition } from "../loyalty/program/definition.ts";
import { firstOf, readParts } from "../loyalty/program/draft.ts";
import { withoutOrphans } from "../loyalty/program/translatable.ts";
import { upgrade } from "../loyalty/program/upgrade.ts";
import type { Tx } from "./database.ts";
import { type PublishedVersion, publishedVersions } from "./programme.ts";

/** The programme as its staff are editing it: the draft, or the newest version where nothing differs from it. */
export type Working = {
  definition: Definition;
  /** The version that the draft was begun on. */
  basedOn: number;
  /** Rises with every step, also across drafts. */
  revision: number;
  /** null where there is none. */
  draft: { changedAt: Date; changedBy: string } | null;
  newest: PublishedVersion;
  /** All of them, the newest last. */
  versions: PublishedVersion[];
  currency: string;
  timeZone: string;
};

export type Step = { revision: number; how: How; what: string | null; definition: Definition | null; basedOn: number; by: string };
export type How = "begun" | "saved" | "discarded" | "undone" | "rebased" | "published";

/** What can be undone, and what an edit that was begun earlier can be merged with. */
export const stepsKept = 20;

/** Nobody else changes draft or versions until this transaction ends. */
export async function holdProgramme(tx: Tx): Promise<Working> {
  await tx.rows("select 1 from program where program_id = $1 for update", [tx.scope.programId]);
  return workingProgramme(tx);
}

export async function workingProgramme(tx: Tx): Promise<Working> {
  const row = await tx.one<{ definition: unknown; basedOn: number; revision: number; changedAt: Date; changedBy: string }>(
    `select definition, based_on as "basedOn", revision, changed_at as "changedAt", changed_by as "changedBy" from program_draft where program_id = $1`,
    [tx.scope.programId],
  );
  const program = await tx.one<{ currency: string; timeZone: string }>(
    `select currency, time_zone as "timeZone" from program where program_id = $1`,
    [tx.scope.programId],
  );
  const versions = await publishedVersions(tx);
  const newest = versions.at(-1);
  if (!program || !newest) throw new Error(`There is no programme ${tx.scope.programId}, or it has no version.`);
  if (row) {
    const { basedOn, revision, changedAt, changedBy } = row;
    return { ...program, definition: draftOf(row.definition), basedOn, revision, draft: { changedAt, changedBy }, newest, versions };
  }
  return {
    ...program,
    definition: await definitionOf(tx, newest.version),
    basedOn: newest.version,
    revision: await lastRevision(tx),
    draft: null,
    newest,
    versions,
  };
}

/** The programme being edited, and what a page showed of it that was opened at a revision: as it is now where that is long ago. */
export async function workingSince(tx: Tx, revision: number): Promise<Working & { opened: Definition }> {
  const working = await workingProgramme(tx);
  const opened = revision === working.revision ? undefined : (await stepAt(tx, revision))?.stood;
  return { ...working, opened: opened ?? working.definition };
}

// A published version never changes.
const read = new Map<string, Definition>();

export async function definitionOf(tx: Tx, version: number): Promise<Definition> {
  const found = await versionNumbered(tx, version);
  if (!found) throw new Error(`Programme ${tx.scope.programId} has no version ${version}.`);
  return found;
}

/** A published version, or undefined where there is none of this number. */
export async function versionNumbered(tx: Tx, version: number): Promise<Definition | undefined> {
  const key = `${tx.scope.programId} ${version}`;
  const known = read.get(key);
  if (known) return known;
  const row = await tx.one<{ definition: unknown }>("select definition from program_version where program_id = $1 and version = $2", [
    tx.scope.programId,
    version,
  ]);
  if (!row) return undefined;
  const found = withoutOrphans(definition.parse(upgrade(row.definition)));
  if (read.size > 1_000) read.clear();
  read.set(key, found);
  return found;
}

/** What was edited after a step; undefined where that is too long ago to be known. */
export async function stepAt(tx: Tx, revision: number): Promise<(Step & { stood: Definition }) | undefined> {
  // A form sends what it likes.
  if (!Number.isInteger(revision) || revision < 0 || revision >= 2 ** 31) return undefined;
  const row = await tx.one<Omit<Step, "definition"> & { definition: unknown }>(
    `select revision, how, what, definition, based_on as "basedOn", by from program_draft_step where program_id = $1 and revision = $2`,
    [tx.scope.programId, revision],
  );
  if (!row) return undefined;
  const drafted = row.definition === null ? null : draftOf(row.definition);
  return { ...row, definition: drafted, stood: drafted ?? (await definitionOf(tx, row.basedOn)) };
}

/**
 * Writes down what the draft is from now on; `definition` null ends it.
 * @returns its revision
 */
export async function takeStep(
  tx: Tx,
  from: Working,
  step: { how: How; what: string | null; definition: Definition | null; basedOn: number; now: Date; by: string },
): Promise<number> {
  const { programId } = tx.scope;
  const { how, what, definition: next, basedOn, now, by } = step;
  const revision = from.revision + 1;
  const json = next && JSON.stringify(next);
  // The very first step has one before it: an editor that was opened earlier was opened on that.
  if (from.revision === 0)
    await tx.rows(
      "insert into program_draft_step (program_id, revision, how, based_on, at, by) values ($1, 0, 'begun', $2, $3, $4) on conflict do nothing",
      [programId, from.basedOn, now, by],
    );
  await tx.rows(
    "insert into program_draft_step (program_id, revision, how, what, definition, based_on, at, by) values ($1, $2, $3, $4, $5, $6, $7, $8)",
    [programId, revision, how, what, json, basedOn, now, by],
  );
  await tx.rows("delete from program_draft_step where program_id = $1 and revision < $2", [programId, revision - stepsKept]);
  if (json === null) await tx.rows("delete from program_draft where program_id = $1", [programId]);
  else
    await tx.rows(
      `insert into program_draft (program_id, definition, based_on, revision, changed_at, changed_by) values ($1, $2, $3, $4, $5, $6)
       on conflict (program_id) do update set definition = excluded.definition, based_on = excluded.based_on, revision = excluded.revision, changed_at = excluded.changed_at, changed_by = excluded.changed_by`,
      [programId, json, basedOn, revision, now, by],
    );
  return revision;
}

async function lastRevision(tx: Tx): Promise<number> {
  const row = await tx.one<{ revision: number }>("select max(revision) as revision from program_draft_step where program_id = $1", [
    tx.scope.programId,
  ]);
  return row?.revision ?? 0;
}

function draftOf(stored: unknown): Definition {
  const { definition: found, problems } = readParts(stored);
  if (!found) throw new Error(`The draft cannot be read: ${firstOf(problems).sentence}`);
  return withoutOrphans(found);
}
