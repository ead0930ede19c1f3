import { type BulkLine, type Fill, keepLines, noteFill } from "../../db/mirror-fills.ts";
import { newId } from "../../ids.ts";
import { bulkLines } from "../../shopify/mirror-bulk.ts";
import { text } from "../../shopify/read-json.ts";
import type { Context } from "../context.ts";
import type { Step } from "./fill-mirror.ts";

const linesAtOnce = 500;

/** Where the answer of a bulk query is, and how many lines it has; without a URL it is empty. */
export type BulkAnswer = { url: string | null; lines: number };

/** Lines that were put aside under the name of a run, and how many of them have no parent. */
export type PutAside = { run: string; roots: number };

/**
 * Puts the lines of a bulk answer aside, to be put together when all are there: they come in any order. `roots` of
 * `told` is kept with the fill as it grows.
 *
 * @throws when a line has no id, or when not all lines came
 */
export async function putAside(
  { db, scope }: Context,
  { shopId, fill }: Step,
  { url, lines }: BulkAnswer,
  told: (roots: number) => Partial<Pick<Fill, "expected" | "found">>,
): Promise<PutAside> {
  const run = newId();
  if (!url) return { run, roots: 0 };
  let [seq, roots] = [0, 0];
  let batch: BulkLine[] = [];
  const keep = async () => {
    const kept = batch;
    batch = [];
    await db.inProgramme(scope, async (tx) => {
      await keepLines(tx, { shopId, run }, kept);
      await noteFill(tx, shopId, fill, told(roots));
    });
  };
  for await (const line of bulkLines(url)) {
    const gid = text(line.id);
    if (!gid) throw new Error("A line of the bulk answer has no id.");
    const parent = text(line.__parentId);
    if (!parent) roots += 1;
    batch.push({ seq: ++seq, gid, rootGid: parent ?? gid, line });
    if (batch.length === linesAtOnce) await keep();
  }
  await keep();
  if (seq !== lines) throw new Error(`The bulk answer has ${lines} lines and ${seq} came.`);
  return { run, roots };
}
