import type { Tx } from "./database.ts";

/** Tags that customers of the programme's shops have, for whoever types one. Those that differ in case only are one. */
export async function customerTagsLike(tx: Tx, { text, limit }: { text: string; limit: number }): Promise<string[]> {
  const rows = await tx.rows<{ tag: string }>(
    `select min(tag) as tag from (select unnest(tags) as tag from customer where program_id = $1) t
     where tag ilike $2 group by lower(tag) order by lower(tag) limit $3`,
    [tx.scope.programId, `%${text.trim().replace(/[\\%_]/g, "\\$&")}%`, limit],
  );
  return rows.map((row) => row.tag);
}
