import type { ShouldRevalidateFunction } from "@remix-run/react";

/**
 * What was deleted is not read again: the page is about to be left, or holds an edit of what somebody else deleted, and that
 * edit must not be lost.
 */
export const unlessDeleted: ShouldRevalidateFunction = ({ actionResult, formAction, currentUrl, defaultShouldRevalidate }) =>
  !(formAction?.split("?")[0] === currentUrl.pathname && isGone(actionResult)) && defaultShouldRevalidate;

function isGone(answer: unknown): boolean {
  const { done, conflict } = (answer ?? {}) as { done?: boolean; conflict?: { gone?: boolean } };
  return done === true || conflict?.gone === true;
}
