import { type EarningRule, earningRule } from "../../loyalty/program/definition.ts";
import { type Draft, readDraft } from "../form/draft.ts";

/** The rule that a form would make, once everything that matters is filled in. A name can come last. */
export const ruleOf = (draft: Draft, currency: string): EarningRule | undefined =>
  readDraft(earningRule, { ...draft, id: draft.id || "new", name: String(draft.name).trim() || "–" }, currency).value;
