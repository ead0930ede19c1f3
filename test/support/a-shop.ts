import { createHmac, randomBytes, randomUUID } from "node:crypto";
import type { Scope } from "../../app/db/database.ts";
import type { Context } from "../../app/flows/context.ts";
import { adjustPoints } from "../../app/flows/members/adjust-points.ts";
import { newId } from "../../app/ids.ts";
import { type Definition, simplePoints } from "../../app/loyalty/program/definition.ts";
import type { Phase } from "../../app/loyalty/program/phase.ts";
import type { Admin } from "../../app/shopify/admin.ts";
import type { TestDatabase } from "./database.ts";

export type AShop = { scope: Scope; shop: string };

/** A shop with a programme: 1 point per $1, $5 off for 500 points, live since the beginning of the year. */
export async function aShop(
  { owner }: TestDatabase,
  state: { definition?: Definition; phase?: Phase; testTag?: string; programId?: string } = {},
): Promise<AShop> {
  const scope = { programId: state.programId ?? newId(), shopId: newId() };
  const shop = `shop-${randomBytes(4).toString("hex")}.myshopify.com`;
  if (!state.programId) {
    await owner.query("insert into program (program_id, name, currency, time_zone, created_at) values ($1, 'Test', 'USD', 'UTC', now())", [
      scope.programId,
    ]);
    await owner.query(
      `insert into program_version (program_id, version, definition, effective_from, published_at, published_by) values ($1, 1, $2, 'epoch', now(), 'test')`,
      [scope.programId, JSON.stringify(state.definition ?? simplePoints(100))],
    );
    await owner.query(
      `insert into program_phase (program_id, seq, phase, "from", test_tag, decided_at, decided_by) values ($1, 1, $2, '2026-01-01', $3, now(), 'test')`,
      [scope.programId, state.phase ?? "live", state.testTag ?? null],
    );
  }
  await owner.query(
    "insert into shop (program_id, shop_id, domain, name, currency, time_zone, created_at) values ($1, $2, $3, 'Test', 'USD', 'UTC', now())",
    [scope.programId, scope.shopId, shop],
  );
  await owner.query("insert into shop_directory (shop, program_id, shop_id, installed_at) values ($1, $2, $3, now())", [
    shop,
    scope.programId,
    scope.shopId,
  ]);
  return { scope, shop };
}

let customers = 1000;

/** A customer of the shop who is a member and has so many points. */
export async function aMember(
  context: Context,
  { owner }: TestDatabase,
  member: { points?: number; tags?: string[]; state?: string; memberId?: string } = {},
): Promise<{ memberId: string; customerGid: string; customerId: string }> {
  const { programId, shopId } = context.scope;
  const customerId = String(++customers);
  const customerGid = `gid://shopify/Customer/${customerId}`;
  const memberId = member.memberId ?? newId();
  if (!member.memberId) {
    await owner.query("insert into member (program_id, member_id, state, joined_at, changed_at) values ($1, $2, $3, now(), now())", [
      programId,
      memberId,
      member.state ?? "active",
    ]);
  }
  await owner.query(
    "insert into customer (program_id, shop_id, customer_gid, member_id, tags, has_account) values ($1, $2, $3, $4, $5, true)",
    [programId, shopId, customerGid, memberId, member.tags ?? []],
  );
  if (member.points) await adjustPoints(context, { memberId, points: member.points, reason: "A gift", requestId: randomUUID() });
  return { memberId, customerGid, customerId };
}

/** A context whose Admin API is the given one. */
export function aContext(
  { db }: TestDatabase,
  scope: Scope,
  admin: (shopId: string) => Admin,
  now: () => Date = () => new Date(),
): Context {
  return {
    db,
    scope,
    now,
    actor: "test",
    adminOf: async (shopId) => admin(shopId),
    fingerprint: (purpose, text) => createHmac("sha256", "test").update(`${purpose}\n${text}`).digest("base64url"),
    passing: () => undefined,
  };
}
