import type { Happening } from "../../db/happenings.ts";
import { compiledVersion, publishedVersions } from "../../db/programme.ts";
import { segmentsAsked } from "../../loyalty/earning/needs.ts";
import { versionAt } from "../../loyalty/program/phase.ts";
import { customerSegments } from "../../shopify/segments.ts";
import type { Context } from "../context.ts";
import { settleHappenings } from "../settling/settle-happenings.ts";
import { fetchTags } from "./fetch-missing.ts";

type Wish = { happeningId: string; lacks: string; shopId: string; customerGid: string };

/** Asks Shopify what an event waits for, and settles it. */
export async function fetchForEvent(context: Context, wish: Wish): Promise<void> {
  const { db, scope, now } = context;
  if (wish.lacks === "segments") await fetchSegmentsFor(context, wish);
  else await fetchTags(context, wish);
  await db.inProgramme(scope, (tx) => settleHappenings(tx, [wish.happeningId], now()));
}

// As they are now: what a segment was at an instant that has passed nobody can say.
async function fetchSegmentsFor(context: Context, { happeningId, shopId, customerGid }: Wish): Promise<void> {
  const { db, scope } = context;
  const asked = await db.inProgramme(scope, async (tx) => {
    const event = await tx.one<Pick<Happening, "at" | "version">>(
      "select at, version from happening where program_id = $1 and happening_id = $2",
      [tx.scope.programId, happeningId],
    );
    const version = event?.version === null ? versionAt(await publishedVersions(tx), event.at) : undefined;
    return version && segmentsAsked((await compiledVersion(tx, version.version)).definition);
  });
  if (!asked) return;
  const segments = await customerSegments(await context.adminOf(shopId), customerGid, asked);
  await db.inProgramme(scope, (tx) =>
    tx.rows(
      "update happening set pins = coalesce(pins, '{}') || jsonb_build_object('segments', $3::jsonb) where program_id = $1 and happening_id = $2 and version is null",
      [tx.scope.programId, happeningId, JSON.stringify(segments)],
    ),
  );
}
