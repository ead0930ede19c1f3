import type { ShouldRevalidateFunction } from "@remix-run/react";

/** What was deleted is not read again: the page is about to be left. */
export const unlessDeleted: ShouldRevalidateFunction = ({ actionResult, defaultShouldRevalidate }) =>
  !(actionResult && typeof actionResult === "object" && "done" in actionResult && actionResult.done) && defaultShouldRevalidate;
