import { v7 } from "uuid";

/** Ids grow with time, so that a ledger's newest rows lie together. */
export const newId = (): string => v7();
