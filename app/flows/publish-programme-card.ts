import { type CardShop, cardShops, everyCardDue, forgetCards, rememberProgrammeCard } from "../db/cards.ts";
import { currentProgramme, type Programme } from "../db/programme.ts";
import { buildProgrammeCard } from "../loyalty/card.ts";
import { ShopGone } from "../shopify/admin.ts";
import { installationGid, setMetafields } from "../shopify/metafields.ts";
import type { Context } from "./context.ts";
import { jobKey, publishCardsJob } from "./publish-cards.ts";

export const publishProgrammeCardJob = "publish-programme-card";

/**
 * Tells every shop of the programme what is earned and what it is worth, and marks the members' cards due where
 * that changed them. A phase that begins later is told when it begins.
 * @returns the shops that were told something new
 */
export async function publishProgrammeCard(context: Context): Promise<string[]> {
  const now = context.now();
  const { programme, shops } = await context.db.inProgramme(context.scope, async (tx) => ({
    programme: await currentProgramme(tx, now),
    shops: await cardShops(tx),
  }));
  if (!programme) return [];

  const told: string[] = [];
  for (const shop of shops) {
    const card = JSON.stringify(buildProgrammeCard(programme, shop));
    const hash = context.fingerprint("programme card", card + whatMembersFeel(programme));
    if (shop.configCardHash === hash) continue;
    const appInstallationGid = await tell(context, shop, card);
    if (!appInstallationGid) continue;
    await context.db.inProgramme(context.scope, async (tx) => {
      await rememberProgrammeCard(tx, { shopId: shop.shopId, appInstallationGid, hash });
      // A shop without a card is new, or has come back: what its customers carried went when it left.
      if (shop.configCardHash === null) await forgetCards(tx, shop.shopId);
      await everyCardDue(tx, context.now());
      await tx.addJob(publishCardsJob, {}, { key: jobKey(context) });
    });
    told.push(shop.shopId);
  }
  await comeBackWhenItChanges(context, programme, now);
  return told;
}

/** Not in the card that everybody reads, and yet it opens or closes the cards of some. */
const whatMembersFeel = ({ phase, testTag, definition }: Programme): string =>
  JSON.stringify([phase, testTag, definition.policies.excludeTag]);

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

async function comeBackWhenItChanges(context: Context, programme: Programme, now: Date): Promise<void> {
  const coming = [...programme.phases.map(({ from }) => from), ...programme.versions.map(({ effectiveFrom }) => effectiveFrom)]
    .filter((instant) => instant > now)
    .sort((one, other) => one.getTime() - other.getTime());
  const [next] = coming;
  if (!next) return;
  // Jobs live by the wall clock, the programme by its own.
  const runAt = new Date(Date.now() + next.getTime() - now.getTime());
  await context.db.inProgramme(context.scope, (tx) =>
    tx.addJob(publishProgrammeCardJob, {}, { key: `${publishProgrammeCardJob} ${programme.programId} ${next.toISOString()}`, runAt }),
  );
}
