import type { Tx } from "../../db/database.ts";
import type { CompiledProgramme } from "../../loyalty/earning/evaluate.ts";
import type { Book } from "../../loyalty/ledger/book.ts";
import { certificateRules } from "../../loyalty/redeeming/certificate-rules.ts";

/**
 * Asks for the certificates that members' balances now reach. Called after what raises available points by earning:
 * orders, events, gifts, points that mature, staff. Not when an unused code gives its points back: they would become
 * the same certificate again at once (docs/decisions/0014-certificates.md).
 */
export async function certificatesDue(
  tx: Tx,
  compiled: CompiledProgramme | Iterable<CompiledProgramme>,
  books: Iterable<Book>,
  now: Date,
): Promise<void> {
  const programmes = "judge" in compiled ? [compiled] : [...compiled];
  const rules = programmes.flatMap((one) => certificateRules(one, now));
  if (rules.length === 0) return;
  const members = new Set<string>();
  for (const { memberId, unit, balance } of books)
    if (rules.some((rule) => rule.unit === unit && balance.available >= rule.points)) members.add(memberId);
  for (const memberId of [...members].sort())
    await tx.addJob("issue-certificates", { memberId }, { key: `issue-certificates ${memberId}` });
}
