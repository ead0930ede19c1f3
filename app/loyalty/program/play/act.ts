import { rewardSentence } from "../../card.ts";
import { exampleOrder, nobodyInParticular } from "../../earning/example-order.ts";
import type { Judgement } from "../../earning/judgement.ts";
import type { Trigger } from "../../earning/occasion.ts";
import { trailOf, trailOfEvent } from "../../earning/trail.ts";
import type { OrderFacts } from "../../facts.ts";
import type { Deed, StoryItem, StoryStep } from "../story.ts";
import { duesOf, handOut, memberBefore, takeBackTiers, tellRules } from "./judged.ts";
import { give, liveOn, post, spend } from "./pots.ts";
import type { PlayedOrder, Table } from "./table.ts";

/** What the member does, as a sentence. */
export function sayDeed({ say, shop }: Table, deed: Deed): string {
  const money = (units: number) => say.money(Math.round(units * shop.unit));
  if ("buys" in deed) {
    const items = deed.buys.map(({ title, price, quantity = 1 }) => `${quantity > 1 ? `${quantity} × ` : ""}${title} (${money(price)})`);
    const list = new Intl.ListFormat("en", { type: "conjunction" }).format(items);
    return `Buys ${list}${deed.paidWith ? `, paid with ${deed.paidWith}` : ""}.`;
  }
  if ("returns" in deed) {
    if (deed.returns === "everything") return "Sends everything back.";
    const { title, quantity = 1 } = deed.returns;
    return `Sends back ${quantity > 1 ? `${quantity} × ` : ""}${title}.`;
  }
  if ("does" in deed) return `${sayEvent(deed.does)}${(deed.times ?? 1) > 1 ? `, ${deed.times} times` : ""}.`;
  if ("takes" in deed) return `Exchanges points for “${say.nameOf("reward", deed.takes)}”.`;
  return deed.looks.endsWith(".") ? deed.looks : `${deed.looks}.`;
}

// "review.written" is an event's name in code: "Review written" is what happened.
function sayEvent(name: string): string {
  const words = name.replaceAll(/[._-]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function act(table: Table, step: StoryStep): void {
  if ("buys" in step) buy(table, step);
  else if ("returns" in step) sendBack(table, step);
  else if ("does" in step) repeat(table, step);
  else if ("takes" in step) exchange(table, step.takes);
}

function repeat(table: Table, { does, times = 1, saying = {} }: Extract<Deed, { does: unknown }>): void {
  const event = { name: does, properties: saying };
  if (times === 1) happen(table, "event", event);
  else {
    for (let time = 1; time <= times; time += 1) happen(table, "event", event, { isTold: false });
    // What happens ninety times is told once.
    for (const [unit, amount] of Object.entries(table.page?.earned ?? {}))
      table.page?.why.push(`${table.say.amount(amount, unit)} in all.`);
  }
}

function buy(table: Table, { buys, paidWith, channel, codes }: Extract<Deed, { buys: unknown }>): void {
  const { shop, member, orders, now } = table;
  const number = orders.length + 1;
  const basket = {
    items: buys.map((item) => priced(item, shop.unit)),
    at: now,
    ...(channel ? { channel } : {}),
    ...(paidWith ? { gateway: paidWith } : {}),
    ...(codes ? { codes } : {}),
  };
  const { order, at } = exampleOrder(basket, { tags: member.tags }, shop);
  const key = `gid://shopify/Order/${number}`;
  const before = memberBefore(table, key);
  const played: PlayedOrder = {
    order: { ...order, orderGid: key, name: `#${1000 + number}` },
    key,
    at: { ...at, ...before, member: { ...at.member, ...before.member } },
    due: {},
  };
  orders.push(played);
  const judgement = judge(table, played);
  table.page?.why.push(...tellRules(table, judgement));
  handOut(table, judgement, key);
}

const priced = (item: StoryItem, unit: number) => ({
  ...item,
  price: Math.round(item.price * unit),
  quantity: item.quantity ?? 1,
  discount: Math.round((item.discount ?? 0) * unit),
});

function judge(table: Table, played: PlayedOrder) {
  const { programme, trails, page } = table;
  const judgement = programme.judge(played.order, played.at);
  const due = duesOf(judgement);
  const change = post(table, played, due, played.at.member?.tierId ?? null);
  played.due = due;
  const judgeAsOf = (order: OrderFacts) => programme.judge(order, played.at);
  trails.set(played.key, trailOf(played.order, played.key, judgeAsOf, { ladder: programme.definition.tiers, deletedAt: null }));
  if (page) page.earned = change;
  return judgement;
}

function sendBack(table: Table, { returns, of }: Extract<Deed, { returns: unknown }>): void {
  const played = table.orders.at(of === undefined ? -1 : of - 1);
  if (!played) throw new Error("There is no order to send back.");
  const at = new Date(table.now).toISOString();
  const taken: OrderFacts["refunds"][number]["lines"] = [];
  const lines = played.order.lines.map((line) => {
    const isMeant = returns === "everything" || returns.title === line.title;
    const quantity = isMeant ? Math.min(line.remaining, returns === "everything" ? line.remaining : (returns.quantity ?? 1)) : 0;
    if (quantity === 0) return line;
    const remaining = line.remaining - quantity;
    const net = Math.round((line.sold * remaining) / line.quantity);
    taken.push({ lineGid: line.lineGid, quantity, net: line.net - net });
    return { ...line, remaining, net };
  });
  if (taken.length === 0) throw new Error("There is nothing of it to send back.");
  const refundId = `refund-${table.now}`;
  const refunds = [...played.order.refunds, { at, lines: taken, shipping: 0, withoutLines: 0 }];
  played.order = { ...played.order, lines, refunds, refundIds: [...played.order.refundIds, refundId], versionAt: at };
  const judgement = judge(table, played);
  takeBackTiers(table, judgement, played.key);
  if (Object.keys(table.page?.earned ?? {}).length > 0) table.page?.why.push(...tellWhatRemains(table, judgement));
}

function tellWhatRemains({ say, books }: Table, judgement: Judgement): string[] {
  const remaining = Object.entries(duesOf(judgement)).map(([unit, amount]) => say.amount(amount, unit));
  const now = remaining.length === 0 ? "The order earns nothing any more." : `The order now earns ${remaining.join(" and ")}.`;
  const owed = [...books.values()].filter(({ balance }) => balance.owed > 0);
  return [
    now,
    ...owed.map(({ unit, balance }) => `${say.amount(balance.owed, unit)} were used already and are owed: the next ones repay them.`),
  ];
}

/** Something that is no order: an event, a birthday, the day of joining. */
export function happen(
  table: Table,
  trigger: Exclude<Trigger, "order">,
  event: { name: string; properties: Record<string, string | number | boolean> } | null = null,
  { isTold = true } = {},
): void {
  const { programme, member, trails, now, page } = table;
  // In the order of happening, also where several share an instant.
  const key = `${trigger} ${String(trails.size).padStart(6, "0")}`;
  const at = { ...nobodyInParticular, tags: member.tags, ...memberBefore(table, key) };
  const judgement = programme.judgeEvent({ trigger, at: now, event }, at);
  trails.set(key, trailOfEvent(key, now, judgement));
  const due = duesOf(judgement);
  for (const [unit, amount] of Object.entries(due)) {
    give(table, unit, amount);
    if (amount > 0) liveOn(table, unit);
  }
  if (page) for (const [unit, amount] of Object.entries(due)) page.earned[unit] = (page.earned[unit] ?? 0) + amount;
  if (isTold) page?.why.push(...tellRules(table, judgement));
  handOut(table, judgement, key);
}

function exchange(table: Table, rewardId: string): void {
  const reward = table.programme.definition.rewards.find((one) => one.id === rewardId);
  if (!reward) throw new Error(`The programme has no reward ${rewardId}.`);
  const isEnough = spend(table, reward.unit, reward.points);
  if (isEnough) liveOn(table, reward.unit);
  if (table.page) table.page.refused = !isEnough;
  const price = table.say.amount(reward.points, reward.unit);
  const worth = rewardSentence(reward, table.say);
  table.page?.why.push(isEnough ? `${worth}, for ${price}.` : `Not yet: it costs ${price}.`);
}
