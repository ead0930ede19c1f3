import type { ShouldRevalidateFunction } from "@remix-run/react";
import { unlessLost } from "../frame/lost.ts";

/**
 * What was deleted is not read again: the page is about to be left, or holds an edit of what somebody else deleted, and that
 * edit must not be lost.
 */
export const unlessDeleted: ShouldRevalidateFunction = (one) =>
  !(one.formAction?.split("?")[0] === one.currentUrl.pathname && isGone(one.actionResult)) && unlessLost(one);

function isGone(answer: unknown): boolean {
  const { done, conflict } = (answer ?? {}) as { done?: boolean; conflict?: { gone?: boolean } };
  return done === true || conflict?.gone === true;
}
