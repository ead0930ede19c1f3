import {
  type ClientActionFunctionArgs,
  type ClientLoaderFunctionArgs,
  isRouteErrorResponse,
  type ShouldRevalidateFunction,
} from "@remix-run/react";
import { en as t } from "../texts/en.ts";

// Whoever sends a form reads one half, whoever acts by a dialog or a button the other.
const lost = { lost: true, saved: false, errors: {}, refusal: t.error.lost, done: false, sentence: t.error.lost } as const;

/** Sends what a page sends. When no answer comes, the page stays with everything that was typed in it, and says so. */
export const sendOrSayLost = ({ serverAction }: ClientActionFunctionArgs): Promise<unknown> => serverAction().catch(unlessAnswered(lost));

/** Reads what a part of a page shows, or null: that a part cannot be read is no reason to take the page away. */
export const readOrNull = ({ serverLoader }: ClientLoaderFunctionArgs): Promise<unknown> => serverLoader().catch(unlessAnswered(null));

/** While nothing is answered the page is not read again either: it would be taken away for what could not be read. */
export const unlessLost: ShouldRevalidateFunction = ({ actionResult, defaultShouldRevalidate }) =>
  !(actionResult as { lost?: boolean } | undefined)?.lost && defaultShouldRevalidate;

/** Whether nobody was reached, as each browser says it. */
export const isUnreached = (error: unknown): boolean => error instanceof TypeError && /fetch|network|load failed/i.test(error.message);

// The way to sign in again, or that something is gone, is an answer: the page has to follow it.
const unlessAnswered = (instead: unknown) => (error: unknown) => {
  if (error instanceof Response || isRouteErrorResponse(error)) throw error;
  return instead;
};
