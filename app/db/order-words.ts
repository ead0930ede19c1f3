import type { Tx } from "./database.ts";

type Search = { text: string; limit: number };

// Of each shop's latest orders only, by their ids: a page that proposes words reads no million of orders.
const latest = 500;

/** How the latest orders were paid, as Shopify calls it, the most frequent first. */
export const gatewaysSeen = (tx: Tx, search: Search): Promise<string[]> =>
  wordsOfOrders(tx, "jsonb_array_elements_text(o.facts -> 'gateways')", search);

/** Where the latest orders came from, as Shopify calls it, the most frequent first. */
export const channelsSeen = (tx: Tx, search: Search): Promise<string[]> => wordsOfOrders(tx, "o.facts ->> 'channel'", search);

async function wordsOfOrders(tx: Tx, word: string, { text, limit }: Search): Promise<string[]> {
  const rows = await tx.rows<{ word: string }>(
    `with latest as (
       select o.facts from shop s cross join lateral (
         select facts from order_facts f where f.program_id = $1 and f.shop_id = s.shop_id and f.deleted_at is null
         order by f.order_gid desc limit ${latest}) o
       where s.program_id = $1)
     select w.word from (select ${word} as word from latest o) w
     where w.word <> '' and w.word ilike $2 group by w.word order by count(*) desc, w.word limit $3`,
    [tx.scope.programId, `%${text.trim().replace(/[\\%_]/g, "\\$&")}%`, limit],
  );
  return rows.map((row) => row.word);
}
