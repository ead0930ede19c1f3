import { cardHolder } from "./db/cards.ts";
import { currentProgramme } from "./db/programme.ts";
import { claimMember } from "./flows/members/claim-member.ts";
import { buildCard, buildProgrammeCard, type Card, type CardMember, isServed, type ProgrammeCard } from "./loyalty/card.ts";
import { wordsFor } from "./loyalty/explain/words-for.ts";
import type { Definition } from "./loyalty/program/definition.ts";
import type { Say } from "./loyalty/say.ts";
import type { Shopper } from "./shopper.server.ts";

export type ShopperCards = {
  card: Card;
  programme: ProgrammeCard;
  /** The words for what a version has that judged something; today's for all else. */
  sayOf: (then: Definition | null) => Say;
  say: Say;
  memberId: string | null;
  timeZone: string;
};

/** Who never earned has nothing, and sees what there is to earn. */
const newcomer: CardMember = { state: "active", tags: [], points: 0, pending: 0, owed: 0, codes: [] };

/**
 * What a shopper's pages show, as it stands now: not as it was last published. Whoever comes for the first time
 * while the programme is open claims what they earned before they signed in.
 */
export async function cardsOf({ context, customerGid, proxyPath }: Shopper, locale: string): Promise<ShopperCards> {
  const now = context.now();
  const read = () =>
    context.db.inProgramme(context.scope, async (tx) => ({
      programme: await currentProgramme(tx, now),
      holder: await cardHolder(tx, customerGid, now),
    }));
  let { programme, holder } = await read();
  if (!programme) throw new Response("This shop has no loyalty programme.", { status: 404 });
  if (!holder?.claimed && isServed(programme, holder ?? newcomer)) {
    await claimMember(context, { customerGid });
    ({ holder } = await read());
  }
  const words = programme;
  const sayOf = (then: Definition | null) => wordsFor(words, locale, then);
  return {
    card: buildCard(programme, holder ?? newcomer, now),
    programme: buildProgrammeCard(programme, { proxyPath, locale }),
    sayOf,
    say: sayOf(null),
    memberId: holder?.memberId ?? null,
    timeZone: programme.timeZone,
  };
}
