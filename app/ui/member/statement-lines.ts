import type { More } from "../../loyalty/explain/would-have-earned.ts";
import { explain, type Movement } from "../../loyalty/explain.ts";
import type { Definition } from "../../loyalty/program/definition.ts";
import { wordsOfProgrammes } from "../../loyalty/program/words-of-programmes.ts";
import { heldChange } from "../home/latest-rows.ts";
import { actorOf } from "../words.ts";
import type { StatementLine } from "./statement-card.tsx";

type Row = Movement & {
  transactionId: string;
  orderGid: string | null;
  actor: string | null;
  at: Date;
  recordedAt: Date;
  definition: Definition | null;
  more: readonly More[];
};

// A day later than it happened is worth saying; seconds are not.
const lateMs = 24 * 3_600_000;

/** A member's movements as the statement shows them. */
export function statementLines(rows: readonly Row[], programme: { currency: string; definition: Definition }): StatementLine[] {
  return rows.map((row) => {
    // What an older version had is called by its name there.
    const say = wordsOfProgrammes(programme.currency, programme.definition, ...(row.definition ? [row.definition] : []));
    const { sentence, change, steps, lines } = explain(row, say, row);
    const late = row.recordedAt.getTime() - row.at.getTime() > lateMs;
    return {
      transactionId: row.transactionId,
      sentence,
      change: heldChange(change),
      due: row.explanation.due ?? null,
      steps,
      lines,
      order: row.kind === "order" ? (row.orderGid?.split("/").at(-1) ?? null) : null,
      at: row.at.toISOString(),
      lateAt: late ? row.recordedAt.toISOString() : null,
      by: row.actor && row.actor !== "laurel" ? actorOf(row.actor) : null,
    };
  });
}
