import { type CardShop, cardShops, everyCardDue, forgetCards, rememberProgrammeCard } from "../../db/cards.ts";
import { currentProgramme } from "../../db/programme.ts";
import { buildProgrammeCard } from "../../loyalty/card.ts";
import { ShopGone } from "../../shopify/admin.ts";
import { installationGid, setMetafields } from "../../shopify/metafields.ts";
import type { Context } from "../context.ts";
import { jobKey, publishCardsJob } from "./publish-cards.ts";

/**
 * Tells every shop of the programme what is earned and what it is worth.
 * @returns the shops that were told something new
 */
export async function publishProgrammeCard(context: Context): Promise<string[]> {
  const { programme, shops } = await context.db.inProgramme(context.scope, async (tx) => ({
    programme: await currentProgramme(tx, context.now()),
    shops: await cardShops(tx),
  }));
  if (!programme) return [];

  const told: string[] = [];
  for (const shop of shops) {
    const card = JSON.stringify(buildProgrammeCard(programme, shop));
    const hash = context.fingerprint("programme card", card);
    if (shop.configCardHash === hash) continue;
    const appInstallationGid = await tell(context, shop, card);
    if (!appInstallationGid) continue;
    await context.db.inProgramme(context.scope, async (tx) => {
      await rememberProgrammeCard(tx, { shopId: shop.shopId, appInstallationGid, hash });
      if (shop.configCardHash !== null) return;
      // A shop without a card is new, or has come back: what its customers carried went when it left.
      await forgetCards(tx, shop.shopId);
      await everyCardDue(tx, context.now());
      await tx.addJob(publishCardsJob, {}, { key: jobKey(context) });
    });
    told.push(shop.shopId);
  }
  return told;
}

async function tell(context: Context, shop: CardShop, card: string): Promise<string | undefined> {
  try {
    const admin = await context.adminOf(shop.shopId);
    const ownerId = shop.appInstallationGid ?? (await installationGid(admin));
    const metafields = [{ namespace: "laurel", key: "programme", type: "json" as const, value: card }];
    const [refused] = await setMetafields(admin, [{ ownerId, metafields }]);
    if (refused) throw new Error(`The programme's card was refused: ${refused.message}`);
    return ownerId;
  } catch (error) {
    if (error instanceof ShopGone) return undefined;
    throw error;
  }
}
