import { noteFill } from "../../db/mirror-fills.ts";
import { seeCustomers } from "../../db/mirrored-customers.ts";
import { bulkLines } from "../../shopify/mirror-bulk.ts";
import { type ReadCustomer, readCustomer } from "../../shopify/read-customer.ts";
import type { Context } from "../context.ts";
import type { Step } from "./fill-mirror.ts";
import type { BulkAnswer } from "./put-aside.ts";

const customersAtOnce = 500;

/** Reads the bulk answer of a shop's customers into the mirror. @returns how many there are */
export async function readBulkCustomers({ db, scope }: Context, { shopId, fill }: Step, answer: BulkAnswer): Promise<number> {
  const askedAt = fill.startedAt ?? fill.askedAt;
  let found = 0;
  let batch: ReadCustomer[] = [];
  const keep = async () => {
    const customers = batch;
    batch = [];
    found += customers.length;
    await db.inProgramme(scope, async (tx) => {
      await seeCustomers(tx, { shopId, askedAt }, customers);
      await noteFill(tx, shopId, fill, { found });
    });
  };
  for await (const line of answer.url ? bulkLines(answer.url) : []) {
    const customer = readCustomer(line);
    if (!customer) throw new Error("A line of the bulk answer is no customer.");
    batch.push(customer);
    if (batch.length === customersAtOnce) await keep();
  }
  await keep();
  if (found !== answer.lines) throw new Error(`The bulk answer has ${answer.lines} customers and ${found} came.`);
  return found;
}
