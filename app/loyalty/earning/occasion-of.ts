import type { OrderFacts } from "../facts.ts";
import type { LocalMoment } from "../local-time.ts";
import type { EligibleOrder } from "./eligible.ts";
import type { Circumstances } from "./judgement.ts";
import type { Answers } from "./look-up.ts";
import type { EventFacts, Item, MemberFacts, Occasion, Trigger } from "./occasion.ts";

/** Something that is no order: when it happened, and what it says. */
export type Happening = { trigger: Exclude<Trigger, "order">; at: number; event: EventFacts | null };

type Clock = (at: number) => LocalMoment;

export const occasionOfOrder = (order: OrderFacts, eligible: EligibleOrder, at: Circumstances, clock: Clock): Asked =>
  new Asked("order", { order, eligible, event: null, when: null }, at, clock);

export const occasionOfEvent = ({ trigger, at: when, event }: Happening, at: Circumstances, clock: Clock): Asked =>
  new Asked(trigger, { order: null, eligible: null, event, when }, at, clock);

type About = { order: OrderFacts | null; eligible: EligibleOrder | null; event: EventFacts | null; when: number | null };

/** What rules are asked about. When it was, and what clocks showed, is worked out when a rule asks for it. */
export class Asked implements Occasion {
  trigger: Trigger;
  order: OrderFacts | null;
  items: Item[];
  sold: number;
  counts: number;
  shippingSold: number;
  shipping: number;
  member: MemberFacts;
  event: EventFacts | null;
  again = false;
  answers: Answers | null = null;
  local: () => LocalMoment;
  private when: number | null;

  constructor(trigger: Trigger, { order, eligible, event, when }: About, at: Circumstances, clock: Clock) {
    this.trigger = trigger;
    this.order = order;
    this.sold = eligible?.placed ?? 0;
    this.counts = eligible?.amount ?? 0;
    this.shippingSold = eligible?.shippingPlaced ?? 0;
    this.shipping = eligible?.shipping ?? 0;
    this.member = memberOf(at);
    this.event = event;
    this.when = when;
    let shown: LocalMoment | undefined;
    this.local = () => {
      shown ??= clock(this.at);
      return shown;
    };
    this.items = new Array(order?.lines.length ?? 0);
    if (order && eligible) for (let n = 0; n < order.lines.length; n += 1) this.items[n] = itemOf(order, eligible, n, at);
  }

  get at(): number {
    this.when ??= Date.parse(this.order?.placedAt ?? "");
    return this.when;
  }
}

function itemOf({ lines }: OrderFacts, { lines: counted, soldOf, isNoItem }: EligibleOrder, n: number, { products }: Circumstances): Item {
  const line = lines[n] as OrderFacts["lines"][number];
  return {
    at: n,
    line,
    product: line.productGid ? products?.[line.productGid] : undefined,
    sold: soldOf[n] ?? 0,
    counts: counted[n]?.counts ?? 0,
    remaining: counted[n]?.items ?? 0,
    quantity: isNoItem[n] ? 0 : line.quantity,
  };
}

const memberOf = ({ tags, member }: Circumstances): MemberFacts => ({
  tags,
  segments: member?.segments ?? [],
  tierId: member?.tierId ?? null,
  joinedAt: member?.joinedAt ?? null,
  birthday: member?.birthday ?? null,
  ordersBefore: member?.ordersBefore ?? 0,
  lastOrderAt: member?.lastOrderAt ?? null,
});
