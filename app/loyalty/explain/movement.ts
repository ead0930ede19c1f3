import type { Judgement } from "../earning/judgement.ts";
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
