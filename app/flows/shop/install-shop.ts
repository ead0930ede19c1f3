import type { Database, Scope, Tx } from "../../db/database.ts";
import { newId } from "../../ids.ts";
import { exponentOf } from "../../loyalty/money.ts";
import { simplePoints } from "../../loyalty/program/definition.ts";
import type { Admin } from "../../shopify/admin.ts";
import { type ShopInfo, shopInfo } from "../../shopify/shop-info.ts";
import { askForFill } from "../mirror/fill-mirror.ts";

type Install = { db: Database; now: () => Date; admin: Admin; apiKey: string };

/**
 * Gives a shop its programme: a new one, switched off until the merchant says otherwise, or the one it had when
 * it comes back before its data were erased. Two first visits at once make one programme.
 */
export async function installShop({ db, now, admin, apiKey }: Install): Promise<{ shop: string; programId: string; shopId: string }> {
  const info = await shopInfo(admin);
  const shop = info.domain;
  const at = now();

  // The directory row is the lock: whoever writes it first chooses the ids, and everybody builds the same rows under them.
  await db.global("insert into shop_directory (shop, program_id, shop_id, api_key) values ($1, $2, $3, $4) on conflict (shop) do nothing", [
    shop,
    newId(),
    newId(),
    apiKey,
  ]);
  await db.global(
    "update shop_directory set program_id = coalesce(program_id, $2), shop_id = coalesce(shop_id, $3), api_key = $4 where shop = $1 and (installed_at is null or uninstalled_at is not null or program_id is null)",
    [shop, newId(), newId(), apiKey],
  );
  const [place] = await db.global<{ program_id: string; shop_id: string }>(
    "select program_id, shop_id from shop_directory where shop = $1",
    [shop],
  );
  if (!place) throw new Error(`The shop ${shop} could not be entered in the directory.`);
  const scope: Scope = { programId: place.program_id, shopId: place.shop_id };

  await db.inProgramme(scope, async (tx) => {
    await foundProgramme(tx, info, at);
    await recordShop(tx, info, at);
    await askForFill(tx, { shopId: scope.shopId, at });
    await tx.addJob("publish-programme-card", { shopId: scope.shopId }, { key: `publish-programme-card ${scope.programId}` });
  });
  // Installed only when all is there: another first visit of the same moment must not find a shop without a programme.
  await db.global(
    "update shop_directory set installed_at = $2, uninstalled_at = null where shop = $1 and (installed_at is null or uninstalled_at is not null)",
    [shop, at],
  );
  await db.global("select laurel.claim_for($1)", [shop]);
  return { shop, programId: place.program_id, shopId: place.shop_id };
}

async function foundProgramme(tx: Tx, info: ShopInfo, at: Date): Promise<void> {
  const fresh = await tx.rows(
    "insert into program (program_id, name, currency, time_zone, created_at) values ($1, $2, $3, $4, $5) on conflict do nothing returning 1",
    [tx.scope.programId, info.name, info.currency, info.timeZone, at],
  );
  if (fresh.length === 0) return;
  const definition = simplePoints(10 ** exponentOf(info.currency) * everydayUnit(info.currency));
  // In force from the beginning of time, so that every order has a version to be judged by.
  await tx.rows(
    "insert into program_version (program_id, version, definition, effective_from, published_at, published_by, note) values ($1, 1, $2, 'epoch', $3, 'laurel', 'Simple points')",
    [tx.scope.programId, JSON.stringify(definition), at],
  );
}

// One point for a dollar is one for a hundred yen: currencies without decimals count in larger steps.
const everydayUnit = (currency: string): number => (exponentOf(currency) === 0 ? 100 : 1);

async function recordShop(tx: Tx, info: ShopInfo, at: Date): Promise<void> {
  await tx.rows(
    `insert into shop (program_id, shop_id, domain, gid, name, currency, time_zone, money_format, plan, sells_subscriptions, app_installation_gid, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (program_id, shop_id) do update set name = excluded.name, time_zone = excluded.time_zone, money_format = excluded.money_format, plan = excluded.plan,
       sells_subscriptions = excluded.sells_subscriptions, app_installation_gid = excluded.app_installation_gid, config_card_hash = null`,
    [
      tx.scope.programId,
      tx.scope.shopId,
      info.domain,
      info.gid,
      info.name,
      info.currency,
      info.timeZone,
      info.moneyFormat,
      info.plan,
      info.sellsSubscriptions,
      info.appInstallationGid,
      at,
    ],
  );
}
