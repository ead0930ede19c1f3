import type { Tx } from "../../db/database.ts";
import { asksHistory, compiledVersion, phaseChanges, publishedVersions } from "../../db/programme.ts";
import { compile } from "../../loyalty/earning/evaluate.ts";
import { type BacktestWish, livesLives } from "../../loyalty/insight/backtest.ts";
import type { Definition } from "../../loyalty/program/definition.ts";
import type { PhaseChange } from "../../loyalty/program/phase.ts";

/** What a backtest is asked, as plain values that another thread can be handed. All instants are epoch milliseconds. */
export type PastQuestion = {
  definition: Definition;
  from: number | null;
  until: number;
  beginsAt: number | null;
  withImported: boolean;
  checkLedger: boolean;
};

/** What the past is judged by, and what has to be known for it. */
export type BacktestWorld = BacktestWish & {
  currency: string;
  phases: PhaseChange[];
  hasTiers: boolean;
  asksHistory: boolean;
  /** Members are given more than occasions earn: their time is lived through. */
  isLived: boolean;
};

export async function backtestWorld(tx: Tx, { definition, from, until, beginsAt, withImported }: PastQuestion): Promise<BacktestWorld> {
  const program = await tx.one<{ currency: string; timeZone: string }>(
    `select currency, time_zone as "timeZone" from program where program_id = $1`,
    [tx.scope.programId],
  );
  if (!program) throw new Error(`There is no programme ${tx.scope.programId}.`);
  const published = await publishedVersions(tx);
  const versions = [];
  for (const { version, effectiveFrom } of published)
    versions.push({ from: effectiveFrom.getTime(), programme: await compiledVersion(tx, version) });
  const draft = compile(0, definition, program);
  const isLived = livesLives({ versions, draft });
  return {
    ...program,
    versions,
    draft,
    basis: withImported ? "simulated" : "ledger",
    from,
    until,
    beginsAt,
    phases: await phaseChanges(tx),
    hasTiers: definition.tiers !== null || versions.some(({ programme }) => programme.definition.tiers !== null),
    isLived,
    asksHistory:
      isLived || (await asksHistory(tx, published)) || (["history", "tier", "customer"] as const).some((need) => draft.needs.has(need)),
  };
}
