import type { Tx } from "../../db/database.ts";
import { compiledVersion, type PublishedVersion, publishedVersions } from "../../db/programme.ts";
import { everyStandingDue } from "../../db/tiers.ts";
import { everInForce } from "../../loyalty/program/phase.ts";
import { laddersOf } from "../../loyalty/tiers/before.ts";
import type { LadderInForce } from "../../loyalty/tiers/standing.ts";

/** The ladders of all versions of the programme, those to come too; none where no version has tiers. */
export async function laddersInForce(tx: Tx, versions: readonly PublishedVersion[]): Promise<LadderInForce[]> {
  const published = [];
  for (const { version, effectiveFrom } of everInForce(versions))
    published.push({ from: effectiveFrom.getTime(), definition: (await compiledVersion(tx, version)).definition });
  const ladders = laddersOf(published);
  return ladders.some((one) => one.ladder !== null) ? ladders : [];
}

export const hasTiers = async (tx: Tx, versions: readonly PublishedVersion[]): Promise<boolean> =>
  (await laddersInForce(tx, versions)).length > 0;

/** Everybody's standing is worked out anew where the newest version has another ladder than the one before it. */
export async function standingsAreDue(tx: Tx, now: Date): Promise<void> {
  const [newest, before] = (await laddersInForce(tx, await publishedVersions(tx))).reverse();
  if (newest && JSON.stringify(newest.ladder) !== JSON.stringify(before?.ladder)) await everyStandingDue(tx, now);
}
