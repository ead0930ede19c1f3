import type { Tx } from "./database.ts";
import { currentProgramme, type Programme } from "./programme.ts";

/** The programme as it stands, for whoever is inside of one. @throws when there is none, which an installed shop rules out */
export async function programmeNow(tx: Tx, now: Date): Promise<Programme> {
  const programme = await currentProgramme(tx, now);
  if (!programme) throw new Error(`There is no programme ${tx.scope.programId}.`);
  return programme;
}
