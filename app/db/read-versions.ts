import type { Definition } from "../loyalty/program/definition.ts";
import type { Tx } from "./database.ts";
import { versionNumbered, workingProgramme } from "./drafts.ts";
import type { PublishedVersion } from "./programme.ts";

export type VersionLine = PublishedVersion & {
  /** The older version that it says again. */
  rolledBackFrom: number | null;
  /** A later one took its place before it began. */
  neverInForce: boolean;
};

/** The versions below a number, the newest first. */
export async function readVersions(tx: Tx, { below, limit }: { below: number | null; limit: number }): Promise<VersionLine[]> {
  return tx.rows<VersionLine>(
    `select version, effective_from as "effectiveFrom", published_at as "publishedAt", published_by as "publishedBy", note,
       rolled_back_from as "rolledBackFrom",
       exists (select from program_version o where o.program_id = v.program_id and o.version > v.version and o.effective_from <= v.effective_from) as "neverInForce"
     from program_version v where program_id = $1 and ($2::int is null or version < $2) order by version desc limit $3`,
    [tx.scope.programId, below, limit],
  );
}

export async function readVersion(tx: Tx, version: number): Promise<(VersionLine & { definition: Definition }) | undefined> {
  const [line] = await readVersions(tx, { below: version + 1, limit: 1 });
  const found = line?.version === version ? await versionNumbered(tx, version) : undefined;
  return line && found && { ...line, definition: found };
}

/** What a version or the draft says; undefined where there is none of this name. */
export async function programmeNamed(tx: Tx, name: string): Promise<Definition | undefined> {
  if (name === "draft") return (await workingProgramme(tx)).definition;
  return /^[1-9]\d{0,8}$/.test(name) ? versionNumbered(tx, Number(name)) : undefined;
}
