import { customerAsked } from "../earning/customer-asked.ts";
import type { CompiledProgramme } from "../earning/evaluate.ts";
import { givesBeside, makesCertificates, tiersGive } from "./lives.ts";

type Known = {
  basis: "ledger" | "simulated";
  from: number | null;
  beginsAt: number | null;
  imported: number;
  waiting: number;
  hasEvents: boolean;
  redeemed: number;
  live: CompiledProgramme;
  draft: CompiledProgramme;
};

/** What a backtest takes as given: people might have acted otherwise, and it cannot know how. */
export function holdsConstant({ basis, from, beginsAt, imported, waiting, hasEvents, live, draft, redeemed }: Known): string[] {
  const { needs, definition } = draft;
  const { policies, tiers, budgets } = definition;
  const asks = [customerAsked(definition, "order"), customerAsked(definition, "event")];
  const said: (string | false)[] = [
    "What people bought, when, and at which price: nobody buys more or less because of the draft.",
    "Refunds, cancellations and edits, as they happened and when they happened.",
    "What was redeemed: nobody redeems more or less, although they have other balances.",
    basis === "ledger"
      ? "When the programme was live, paused or tested, and who was blocked: what earned nothing for that reason earns nothing under the draft."
      : "Both sides are worked out as though the programme had been live since the first order; the live side is therefore not what is in the ledger.",
    basis === "ledger" && "The live side is each order under the version of its day, with the facts that were pinned then.",
    beginsAt !== null &&
      "Before the draft began to run beside it, both sides are what the live programme gave: tiers and limits start from there.",
    from !== null && "What came before the first day counts for tiers, limits and n-th orders; it is not in the totals.",
    needs.has("products") &&
      "Product types, tags and collections as they were pinned with the order; where the live programme did not ask, as the shop has them now.",
    needs.has("segments") && "Segments as they were pinned with the order; where they were not, the customer counts as in none.",
    (needs.has("customer tags") || policies.excludeTag !== null) && "Customer tags as they were when the order was first seen.",
    asks.some(({ windows }) => windows.length > 0) &&
      "Whether a birthday was near, as it was answered when the order was first seen; where the live programme did not ask, by the birthday that is known now.",
    asks.some(({ counts }) => counts) &&
      "How many orders Shopify had counted of a customer, as it was pinned with the order; where the live programme did not ask, as it is known now.",
    hasEvents &&
      "Joining, birthdays and events as they were recorded: what no live rule asked for was not recorded, and earns nothing here.",
    !hasEvents && "Only orders: no joining, birthday or other event was recorded, so rules for those earn nothing here.",
    tiers !== null && "Tiers that staff held or gave, and tiers that live rules gave, on the same days.",
    givesTiers(draft) && "A tier that a rule of the draft would give is counted as a gift, and moves nobody.",
    [live, draft].some(givesBeside) &&
      (basis === "ledger"
        ? "When orders, refunds and events became known: what tiers give and what becomes certificates follows on both sides from what was known by then."
        : "That every order and refund was known at once; what tiers give and what becomes certificates follows from that."),
    [live, draft].some(tiersGive) &&
      "Gifts and grants of tiers go to members who ever ordered or did something, by the birthday and the state that they have now: who is blocked at the end gets none of them, and no certificate.",
    [live, draft].some(makesCertificates) &&
      "What became of certificates that the live programme made: one that a rule would have made all the same is used, lost or given back as long after. Of any other it is taken that it is used before its last day, and until then it is owed.",
    [live, draft].some(givesBeside) &&
      "Rewards that members chose, what staff gave and took, and opening balances, on the same days; where there was less, less was taken.",
    (budgets.retention ?? budgets.acquisition) !== null &&
      "The draft's budgets pay in the order of placing; the live ones paid in the order in which orders arrived.",
    imported > 0 && "Imported orders with the customer tags and products that the shop has now.",
    waiting > 0 && "Orders that still wait for facts of Shopify are left out.",
    redeemed === 10_000
      ? "That everything that is given is redeemed."
      : `That ${redeemed / 100}% of what is given is redeemed, as in the live programme so far.`,
    "In the sensitivity: what limits had left, and the tiers that members were in. A budget gives what it has for the period, and no more.",
  ];
  return said.filter((one) => one !== false);
}

const givesTiers = ({ rules }: CompiledProgramme): boolean => rules.some(({ gifts }) => gifts.some((one) => one.kind === "tier"));
