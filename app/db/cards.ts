import type { CardCode, CardMember } from "../loyalty/card.ts";
import type { Tx } from "./database.ts";
import { badgesOf } from "./gifts.ts";

/** A member whose published card is older than their balance, and when that was noticed (as text: to the microsecond). */
export type DueMember = { memberId: string; markedAt: string };

/** A customer of a shop, with all that their card says. */
export type CardHolder = CardMember & {
  shopId: string;
  customerGid: string;
  memberId: string;
  claimed: boolean;
  cardHash: string | null;
  locale: string;
};

export const dueMembers = (tx: Tx, most: number): Promise<DueMember[]> =>
  tx.rows<DueMember>(
    `select member_id as "memberId", marked_at::text as "markedAt" from card_due where program_id = $1 order by marked_at, member_id limit $2`,
    [tx.scope.programId, most],
  );

/** Every customer record of these members, shop by shop. Guests have none that could carry a card. */
export async function cardHolders(tx: Tx, memberIds: readonly string[], now: Date): Promise<CardHolder[]> {
  return holders(tx, "c.member_id = any ($1::uuid[])", [memberIds], now);
}

/** The card of one customer of this shop; undefined when they are not a member. */
export async function cardHolder(tx: Tx, customerGid: string, now: Date): Promise<CardHolder | undefined> {
  return (await holders(tx, "c.customer_gid = $1 and c.shop_id = $2", [customerGid, tx.scope.shopId], now)).at(0);
}

/** Notes what each customer carries now, so that the same is not written twice. */
export async function rememberCards(tx: Tx, cards: { shopId: string; customerGid: string; hash: string }[]): Promise<void> {
  await tx.rows(
    `update customer c set card_hash = n.hash
     from json_to_recordset($1) as n("shopId" uuid, "customerGid" text, hash text)
     where c.program_id = $2 and c.shop_id = n."shopId" and c.customer_gid = n."customerGid"`,
    [JSON.stringify(cards), tx.scope.programId],
  );
}

/** Nothing is known of what this shop's customers carry: every card is written anew. */
export async function forgetCards(tx: Tx, shopId: string): Promise<void> {
  await tx.rows("update customer set card_hash = null where program_id = $1 and shop_id = $2 and card_hash is not null", [
    tx.scope.programId,
    shopId,
  ]);
}

/** These cards are current, unless something moved again while they were written. */
export async function cardsDone(tx: Tx, members: readonly DueMember[]): Promise<void> {
  await tx.rows(
    `delete from card_due d using json_to_recordset($1) as n("memberId" uuid, "markedAt" timestamptz)
     where d.program_id = $2 and d.member_id = n."memberId" and d.marked_at = n."markedAt"`,
    [JSON.stringify(members), tx.scope.programId],
  );
}

/** The programme changed, so every card may say something else. */
export async function everyCardDue(tx: Tx, now: Date): Promise<void> {
  await tx.rows(
    `insert into card_due (program_id, member_id, marked_at)
     select distinct c.program_id, c.member_id, $2::timestamptz from customer c
     where c.program_id = $1 and c.deleted_at is null and c.customer_gid like 'gid://%'
     order by c.member_id
     on conflict (program_id, member_id) do update set marked_at = excluded.marked_at`,
    [tx.scope.programId, now],
  );
}

export type CardShop = {
  shopId: string;
  locale: string;
  proxyPath: string;
  appInstallationGid: string | null;
  configCardHash: string | null;
};

/** The shops of the programme that have the app installed. */
export const cardShops = (tx: Tx): Promise<CardShop[]> =>
  tx.rows<CardShop>(
    `select s.shop_id as "shopId", s.locale, s.proxy_path as "proxyPath", s.app_installation_gid as "appInstallationGid",
       s.config_card_hash as "configCardHash"
     from shop s join shop_directory d on d.shop = s.domain and d.uninstalled_at is null
     where s.program_id = $1 and ($2 = '*' or s.shop_id::text = $2) order by s.shop_id`,
    [tx.scope.programId, tx.scope.shopId],
  );

export async function rememberProgrammeCard(tx: Tx, shop: { shopId: string; appInstallationGid: string; hash: string }): Promise<void> {
  await tx.rows("update shop set app_installation_gid = $3, config_card_hash = $4 where program_id = $1 and shop_id = $2", [
    tx.scope.programId,
    shop.shopId,
    shop.appInstallationGid,
    shop.hash,
  ]);
}

type HolderRow = Omit<CardHolder, "codes" | "units" | "badges">;
type CodeRow = Omit<CardCode, "expiresAt" | "kept"> & { shopId: string; customerGid: string; expiresAt: Date; kept: boolean };

async function holders(tx: Tx, which: string, values: unknown[], now: Date): Promise<CardHolder[]> {
  const rows = await tx.rows<HolderRow>(
    `select c.shop_id as "shopId", c.customer_gid as "customerGid", c.member_id as "memberId", c.card_hash as "cardHash", c.tags, m.state,
       coalesce(m.locale, s.locale) as locale,
       m.claimed_at is not null as claimed,
       case when t.computed_at is not null then json_build_object('tierId', t.tier_id, 'until', extract(epoch from t.until) * 1000, 'next', t.next, 'keep', t.keep) end as standing,
       coalesce(b.available, 0) as points, coalesce(b.pending, 0) as pending, coalesce(b.owed, 0) as owed
     from customer c
     join member m on m.program_id = c.program_id and m.member_id = c.member_id
     join shop s on s.program_id = c.program_id and s.shop_id = c.shop_id
     left join balance b on b.program_id = c.program_id and b.member_id = c.member_id and b.unit = 'points'
     left join member_tier t on t.program_id = c.program_id and t.member_id = c.member_id
     where ${which} and c.program_id = $${values.length + 1} and c.deleted_at is null and c.customer_gid like 'gid://%'
     order by c.shop_id, c.customer_gid`,
    [...values, tx.scope.programId],
  );
  const codes = await tx.rows<CodeRow>(
    `select shop_id as "shopId", customer_gid as "customerGid", redemption_id as "redemptionId", code, reward ->> 'name' as reward,
       expires_at as "expiresAt", points = 0 or coalesce((reward ->> 'unusedIsLost')::boolean, false) as kept
     from redemption
     where program_id = $1 and member_id = any ($2::uuid[]) and state = 'issued' and expires_at > $3
     order by reserved_at desc, redemption_id`,
    [tx.scope.programId, rows.map((row) => row.memberId), now],
  );
  const memberIds = [...new Set(rows.map((row) => row.memberId))];
  const [units, badges] = [await unitsOf(tx, memberIds), await badgesOf(tx, memberIds)];
  return rows.map((row) => ({
    ...row,
    codes: codes.filter((code) => sameCustomer(code, row)).map(cardCode),
    units: units.get(row.memberId) ?? {},
    badges: badges.get(row.memberId) ?? [],
  }));
}

/** What members have of other units than points. */
async function unitsOf(tx: Tx, memberIds: readonly string[]): Promise<Map<string, Record<string, { available: number; pending: number }>>> {
  const rows = await tx.rows<{ memberId: string; unit: string; available: number; pending: number }>(
    `select member_id as "memberId", unit, available, pending from balance where program_id = $1 and member_id = any ($2) and unit <> 'points'`,
    [tx.scope.programId, memberIds],
  );
  const units = new Map<string, Record<string, { available: number; pending: number }>>();
  for (const { memberId, unit, ...held } of rows) units.set(memberId, { ...units.get(memberId), [unit]: held });
  return units;
}

// A code works for the customer it was made for, and in their shop.
const sameCustomer = (code: CodeRow, row: HolderRow): boolean => code.shopId === row.shopId && code.customerGid === row.customerGid;

const cardCode = ({ redemptionId, code, reward, expiresAt, kept }: CodeRow): CardCode => ({
  redemptionId,
  code,
  reward,
  expiresAt: expiresAt.toISOString(),
  ...(kept ? { kept } : {}),
});
