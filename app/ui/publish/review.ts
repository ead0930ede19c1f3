import type { Change } from "../../loyalty/program/diff.ts";
import type { ProblemRow } from "./place-of.ts";

/** The draft as its review page reads it. */
export type ReviewData = {
  revision: number;
  changedAt: string;
  changedBy: string;
  basedOn: number;
  changes: Change[];
  problems: ProblemRow[];
  meanwhile: MeanwhileData | null;
  planned: { version: number; effectiveFrom: string } | null;
  tiersChange: boolean;
};

/** What was published after the draft was begun; `both`: what each of them changed where they say different things. */
export type MeanwhileData = {
  version: number;
  publishedBy: string;
  publishedAt: string;
  changes: Change[];
  both: { draft: string[]; published: string[] } | null;
};
