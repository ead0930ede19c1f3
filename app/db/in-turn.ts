import type { Tx } from "./database.ts";

/** The same transaction for several readers at once: its connection takes one statement at a time. */
export function inTurn(tx: Tx): Tx {
  let last: Promise<unknown> = Promise.resolve();
  const rows: Tx["rows"] = (sql, values) => {
    const mine = last.then(() => tx.rows<never>(sql, values));
    last = mine.catch(() => undefined);
    return mine;
  };
  return { ...tx, rows, one: async <R extends object>(sql: string, values?: readonly unknown[]) => (await rows<R>(sql, values)).at(0) };
}
