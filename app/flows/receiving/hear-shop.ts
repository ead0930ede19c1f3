import { text } from "../../shopify/read-json.ts";
import type { HearTopic } from "./heard.ts";

/** The token died with the installation. Data stay until Shopify asks for their erasure, 48 hours later. */
export const hearUninstall: HearTopic = async ({ tx, row }) => {
  const left = await tx.rows(
    "update shop_directory set uninstalled_at = $2 where shop = $1 and uninstalled_at is null and installed_at <= $2 returning 1",
    [row.shop, row.triggeredAt],
  );
  // An uninstall that arrives after the shop came back is about an older installation.
  if (left.length === 0) return { state: "ignored", reason: "The shop was installed again after this." };
  await tx.rows("delete from session where shop = $1", [row.shop]);
  return { state: "done" };
};

export const hearShopUpdate: HearTopic = async ({ tx, shopId, body }) => {
  await tx.rows(
    `update shop set name = coalesce($3, name), time_zone = coalesce($4, time_zone), money_format = coalesce($5, money_format), locale = coalesce($6, locale), plan = coalesce($7, plan)
     where program_id = $1 and shop_id = $2`,
    [
      tx.scope.programId,
      shopId,
      text(body.name),
      text(body.iana_timezone),
      text(body.money_format),
      text(body.primary_locale),
      text(body.plan_display_name),
    ],
  );
  const currency = text(body.currency);
  const shop = await tx.one<{ currency: string }>("select currency from shop where program_id = $1 and shop_id = $2", [
    tx.scope.programId,
    shopId,
  ]);
  if (currency && shop && currency !== shop.currency)
    return {
      state: "failed",
      reason: `The shop's currency became ${currency}. Points were earned and priced in ${shop.currency}: set up a new programme or change it back.`,
    };
  return { state: "done" };
};
