import { beforeAll, expect, test } from "vitest";
import { type MemberWish, readMembers } from "../../app/db/read-members.ts";
import { type AShop, aShop } from "../support/a-shop.ts";
import { useDatabase } from "../support/database.ts";

const at = useDatabase();
let here: AShop;

// Every third has no name and every fifth no balance; several joined at the same instant and have as many points.
beforeAll(async () => {
  here = await aShop(at);
  const elsewhere = await aShop(at);
  for (const { scope } of [here, elsewhere]) {
    await at.owner.query(
      `insert into member (program_id, member_id, name, email, joined_at, changed_at)
       select $1, gen_random_uuid(), case when i % 3 > 0 then 'Name ' || (i % 40) end, 'Shopper' || i || '@example.com', timestamptz '2026-01-01' + (i / 4) * interval '1.000001 second', now()
       from generate_series(1, 120) i`,
      [scope.programId],
    );
    await at.owner.query(
      `insert into balance (program_id, member_id, unit, available) select program_id, member_id, 'points', length(email) % 4 + (substr(email, 8, 1))::int
       from member where program_id = $1 and email !~ '[05]@'`,
      [scope.programId],
    );
    await at.owner.query(
      `insert into customer (program_id, shop_id, customer_gid, member_id, tags) select program_id, $2, 'gid://shopify/Customer/' || substr(email, 8, position('@' in email) - 8), member_id, '{}' from member where program_id = $1`,
      [scope.programId, scope.shopId],
    );
  }
});

const read = (wish: Partial<MemberWish>) =>
  at.db.inProgramme(here.scope, (tx) => readMembers(tx, { search: "", sort: "joined", descending: true, cursor: null, size: 7, ...wish }));

for (const sort of ["joined", "name", "points"] as const) {
  for (const descending of [true, false]) {
    test(`paging by ${sort}, ${descending ? "down" : "up"}, shows everybody once, and the way back shows the same pages`, async () => {
      const pages = [await read({ sort, descending })];
      for (let page = pages[0]; page?.after; page = pages.at(-1)) pages.push(await read({ sort, descending, cursor: page.after }));
      const everybody = pages.flatMap((page) => page.members.map((one) => one.memberId));
      expect(everybody).toHaveLength(120);
      expect(new Set(everybody).size).toBe(120);
      expect(pages.at(0)?.before).toBeNull();

      for (let index = pages.length - 1; index > 0; index -= 1) {
        const back = await read({ sort, descending, cursor: pages[index]?.before ?? null });
        expect(back.members.map((one) => one.memberId)).toEqual(pages[index - 1]?.members.map((one) => one.memberId));
      }
      const values = pages.flatMap((page) =>
        page.members.map((one) => ({ joined: one.joinedAt.getTime(), name: one.name?.toLowerCase() ?? "", points: one.available })[sort]),
      );
      const sorted = values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      expect(values).toEqual(descending ? sorted.toReversed() : sorted);
    });
  }
}

test("a search finds parts of names and e-mails, whatever their case, and numbers of customers", async () => {
  const emails = async (search: string, size = 50) => (await read({ search, size })).members.map((one) => one.email).sort();
  expect(await emails("SHOPPER77@")).toEqual(["Shopper77@example.com"]);
  expect(await emails("name 37")).toEqual(["Shopper37@example.com", "Shopper77@example.com"]);
  expect(await emails("113")).toEqual(["Shopper113@example.com"]);
  expect(await emails("100%")).toEqual([]);
  expect(await emails("nobody")).toEqual([]);
  expect(await emails("na", 200)).toHaveLength(80);
  expect(await emails("am", 200)).toEqual([]);
});

test("a search is paged too", async () => {
  const first = await read({ search: "example", sort: "points" });
  const second = await read({ search: "example", sort: "points", cursor: first.after });
  expect(first.members).toHaveLength(7);
  expect(second.members.map((one) => one.memberId)).not.toContain(first.members[6]?.memberId);
  expect(second.members[0]?.available).toBeLessThanOrEqual(first.members[6]?.available ?? 0);
});
