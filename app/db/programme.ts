import { type CompiledProgramme, compile } from "../loyalty/earning/evaluate.ts";
import { type Definition, definition } from "../loyalty/program/definition.ts";
import { type Phase, type PhaseChange, phaseAt, versionAt } from "../loyalty/program/phase.ts";
import { upgrade } from "../loyalty/program/upgrade.ts";
import type { Tx } from "./database.ts";

export type Programme = {
  programId: string;
  name: string;
  currency: string;
  timeZone: string;
  version: number;
  definition: Definition;
  phase: Phase;
  testTag: string | null;
  phases: PhaseChange[];
  versions: PublishedVersion[];
};

export type PublishedVersion = { version: number; effectiveFrom: Date; publishedAt: Date; publishedBy: string; note: string | null };

/** The programme as it stands at `now`; undefined when there is none in this scope. */
export async function currentProgramme(tx: Tx, now: Date): Promise<Programme | undefined> {
  const program = await tx.one<{ program_id: string; name: string; currency: string; time_zone: string }>(
    "select program_id, name, currency, time_zone from program where program_id = $1",
    [tx.scope.programId],
  );
  if (!program) return undefined;
  const versions = await publishedVersions(tx);
  const phases = await phaseChanges(tx);
  const inForce = versionAt(versions, now);
  if (!inForce) throw new Error(`Programme ${program.program_id} has no version.`);
  const compiled = await compiledVersion(tx, inForce.version);
  return {
    programId: program.program_id,
    name: program.name,
    currency: program.currency,
    timeZone: program.time_zone,
    version: inForce.version,
    definition: compiled.definition,
    ...phaseAt(phases, now),
    phases,
    versions,
  };
}

export async function publishedVersions(tx: Tx): Promise<PublishedVersion[]> {
  return tx.rows<PublishedVersion>(
    `select version, effective_from as "effectiveFrom", published_at as "publishedAt", published_by as "publishedBy", note from program_version where program_id = $1 order by version`,
    [tx.scope.programId],
  );
}

export const phaseChanges = (tx: Tx): Promise<PhaseChange[]> =>
  tx.rows<PhaseChange>(`select seq, phase, "from", test_tag as "testTag" from program_phase where program_id = $1 order by seq`, [
    tx.scope.programId,
  ]);

/**
 * Whoever pins the version of something new holds this from before they read the versions: until they commit none
 * begins that would already have been in force. Held by many at once; first of all locks, or for a second time.
 */
export async function holdVersions(tx: Tx): Promise<void> {
  await tx.rows("select pg_advisory_xact_lock_shared(hashtext('versions'), hashtext($1))", [tx.scope.programId]);
}

/** Whoever adds a version or a phase waits for those who pin, keeps them waiting, and looks at the clock after this. */
export async function changeVersions(tx: Tx): Promise<void> {
  await tx.rows("select pg_advisory_xact_lock(hashtext('versions'), hashtext($1))", [tx.scope.programId]);
}

// A published version never changes, so what was compiled from it is good for ever.
const compiled = new Map<string, CompiledProgramme>();

/** One version as a function. Compiled once per process. */
export async function compiledVersion(tx: Tx, version: number): Promise<CompiledProgramme> {
  const key = `${tx.scope.programId} ${version}`;
  let found = compiled.get(key);
  if (!found) {
    const row = await tx.one<{ definition: unknown; currency: string; time_zone: string }>(
      "select v.definition, p.currency, p.time_zone from program_version v join program p using (program_id) where program_id = $1 and v.version = $2",
      [tx.scope.programId, version],
    );
    if (!row) throw new Error(`Programme ${tx.scope.programId} has no version ${version}.`);
    found = compile(version, definition.parse(upgrade(row.definition)), { timeZone: row.time_zone, currency: row.currency });
    if (compiled.size > 5_000) compiled.clear();
    compiled.set(key, found);
  }
  return found;
}

/**
 * Whether any version of the programme asks who its members are or what else they bought. While none does, nobody's
 * history is read or written.
 */
export async function asksHistory(tx: Tx, versions: readonly PublishedVersion[]): Promise<boolean> {
  for (const { version } of versions.toReversed()) {
    const { needs } = await compiledVersion(tx, version);
    if (needs.has("history") || needs.has("tier") || needs.has("customer")) return true;
  }
  return false;
}
