import { asApp, openDatabase } from "../../app/db/database.ts";
import { definitionOf, type Working, workingProgramme } from "../../app/db/drafts.ts";
import { programmeNow } from "../../app/db/programme-now.ts";
import type { Context } from "../../app/flows/context.ts";
import type { Definition } from "../../app/loyalty/program/definition.ts";
import { fingerprint } from "../../app/secrets.server.ts";
import { mistaken } from "./mistaken.ts";

export type OpenProgramme = {
  context: Context;
  /** The version in force now. */
  version: number;
  /** The newest one, which may wait for its day. */
  newest: { version: number; definition: Definition };
  /** What staff are editing: their draft, or the newest version. */
  working: Working;
  /** From when on a version is in force, as the clocks of the programme's zone show it. */
  inForceFrom: (version: number) => Promise<string>;
};

/** Opens the programme of an installed shop for a command, and closes it after. */
export async function withProgramme(shop: string, work: (open: OpenProgramme) => Promise<void>): Promise<void> {
  const url = process.env.DATABASE_URL;
  if (!url) return mistaken("DATABASE_URL is not set, and no demo runs here.");
  const db = openDatabase({ url, connections: 2, options: asApp });
  try {
    const [place] = await db.global<{ program_id: string; shop_id: string }>(
      "select program_id, shop_id from shop_directory where shop = $1 and program_id is not null and installed_at is not null and uninstalled_at is null",
      [shop],
    );
    if (!place) return mistaken(`${shop} has not installed Laurel here.`);
    const context: Context = {
      db,
      scope: { programId: place.program_id, shopId: place.shop_id },
      now: () => new Date(),
      actor: "command line",
      adminOf: async () => {
        throw new Error("A command does not speak to Shopify.");
      },
      fingerprint,
      passing: () => undefined,
    };
    const found = await db.inProgramme(context.scope, async (tx) => {
      const programme = await programmeNow(tx, context.now());
      const working = await workingProgramme(tx);
      const { version } = working.newest;
      return { version: programme.version, working, newest: { version, definition: await definitionOf(tx, version) } };
    });
    const inForceFrom = async (of: number) => {
      const { versions } = await db.inProgramme(context.scope, (tx) => programmeNow(tx, context.now()));
      const from = versions.find((one) => one.version === of)?.effectiveFrom;
      return from ? from.toLocaleString("en-GB", { timeZone: found.working.timeZone, dateStyle: "medium", timeStyle: "short" }) : "no time";
    };
    await work({ context, ...found, inForceFrom });
  } finally {
    await db.close();
  }
}
