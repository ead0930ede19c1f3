import { explain, type Movement } from "../../loyalty/explain.ts";
import type { Definition } from "../../loyalty/program/definition.ts";
import { wordsOf } from "../../loyalty/say.ts";
import { heldChange } from "../home/latest-rows.ts";
import { actorOf } from "../words.ts";
import type { StatementLine } from "./statement-card.tsx";

type Row = Movement & { transactionId: string; actor: string | null; at: Date; recordedAt: Date };

// A day later than it happened is worth saying; seconds are not.
const lateMs = 24 * 3_600_000;

/** A member's movements as the statement shows them. */
export function statementLines(rows: readonly Row[], programme: { currency: string; definition: Definition }): StatementLine[] {
  const say = wordsOf({ currency: programme.currency, pointsName: programme.definition.points, units: programme.definition.units });
  return rows.map((row) => {
    const { sentence, change, steps, lines } = explain(row, say);
    const late = row.recordedAt.getTime() - row.at.getTime() > lateMs;
    return {
      transactionId: row.transactionId,
      sentence,
      change: heldChange(change),
      due: row.explanation.due ?? null,
      steps,
      lines,
      at: row.at.toISOString(),
      lateAt: late ? row.recordedAt.toISOString() : null,
      by: row.actor && row.actor !== "laurel" ? actorOf(row.actor) : null,
    };
  });
}
