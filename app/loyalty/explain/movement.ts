import type { Judgement } from "../earning/judgement.ts";
import type { Balance } from "../ledger/accounts.ts";
import type { Points } from "../points.ts";

/** A transaction as a member's statement reads it. Only postings from or to this member are needed. */
export type Movement = { kind: string; explanation: Explanation; postings: { from: string; to: string; amount: Points; unit?: string }[] };

/** What was stored with the transaction. Every kind writes its own part; an older one may lack a field that came later. */
export type Explanation = {
  order?: string;
  event?: { trigger: string; name: string | null };
  due?: Points;
  recorded?: Points;
  /** What it gave of other units than points. */
  units?: Record<string, { due: Points; recorded: Points }>;
  /** Nothing of the order had come back when it was settled again: what changed lies elsewhere. */
  asSold?: true;
  /** What `points` are counted in, where that is not points. */
  unit?: string;
  judgement?: Judgement;
  reward?: string | { name: string };
  points?: Points;
  cost?: Points;
  given?: number;
  faceValue?: number | null;
  currency?: string;
  cancelled?: boolean;
  wasReleased?: boolean;
  reason?: string;
  why?: string;
  fileName?: string;
  matured?: Points;
  expired?: Points;
};

/** The judgement behind an award; nothing else that moves points was judged. */
export const judgementOf = ({ kind, explanation }: Pick<Movement, "kind" | "explanation">) =>
  kind === "order" || kind === "event" ? explanation.judgement : undefined;

/** What a transaction did to each of the member's accounts. */
export function changeOf(postings: Movement["postings"]): Balance {
  const change: Balance = { pending: 0, available: 0, reserved: 0, owed: 0 };
  for (const { from, to, amount, unit = "points" } of postings) {
    if (unit !== "points") continue;
    // owed holds a debt: it grows when points leave it.
    if (from in change) change[from as keyof Balance] += from === "owed" ? amount : -amount;
    if (to in change) change[to as keyof Balance] += to === "owed" ? -amount : amount;
  }
  return change;
}
