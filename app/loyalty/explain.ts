import type { Judgement, NothingReason, RuleTrace } from "./earning/evaluate.ts";
import type { Balance } from "./ledger/accounts.ts";
import { sayMoney } from "./money.ts";
import type { Points } from "./points.ts";
import type { Say } from "./say.ts";

/** A transaction as a member's statement reads it. Only postings from or to this member are needed. */
export type Movement = { kind: string; explanation: Explanation; postings: { from: string; to: string; amount: Points; unit?: string }[] };

/** What was stored with the transaction. Every kind writes its own part; an older one may lack a field that came later. */
export type Explanation = {
  order?: string;
  event?: { trigger: string; name: string | null };
  due?: Points;
  recorded?: Points;
  /** What it gave of other units than points. */
  units?: Record<string, { due: Points; recorded: Points }>;
  /** What `points` are counted in, where that is not points. */
  unit?: string;
  judgement?: Judgement;
  reward?: string | { name: string };
  points?: Points;
  cost?: Points;
  given?: number;
  faceValue?: number | null;
  currency?: string;
  cancelled?: boolean;
  wasReleased?: boolean;
  reason?: string;
  why?: string;
  fileName?: string;
  matured?: Points;
  expired?: Points;
};

/** Why points moved: a sentence, and for an award how its number came about. */
export type Explained = { sentence: string; change: Balance; steps: string[]; lines: ExplainedLine[] };
export type ExplainedLine = { title: string; counts: string; points: Points; why: string | null };

export function explain(movement: Movement, say: Say): Explained {
  const change = changeOf(movement.postings);
  const judgement = movement.kind === "order" || movement.kind === "event" ? movement.explanation.judgement : undefined;
  return {
    sentence: [sentenceOf(movement, change, say), ...aside(change, say)].join(" "),
    change,
    steps: judgement ? stepsOf(judgement, say) : [],
    lines: judgement ? linesOf(judgement) : [],
  };
}

/** What a transaction did to each of the member's accounts. */
export function changeOf(postings: Movement["postings"]): Balance {
  const change: Balance = { pending: 0, available: 0, reserved: 0, owed: 0 };
  for (const { from, to, amount, unit = "points" } of postings) {
    if (unit !== "points") continue;
    // owed holds a debt: it grows when points leave it.
    if (from in change) change[from as keyof Balance] += from === "owed" ? amount : -amount;
    if (to in change) change[to as keyof Balance] += to === "owed" ? -amount : amount;
  }
  return change;
}

function sentenceOf({ kind, explanation: told, postings }: Movement, change: Balance, say: Say): string {
  // Postings that repay a debt on the way are not what the sentence is about.
  const moved = Math.abs(told.points ?? postings.reduce((sum, one) => sum + one.amount, 0));
  const amount = say.amount(moved, told.unit ?? "points");
  const reward = `“${(typeof told.reward === "string" ? told.reward : told.reward?.name) ?? "a reward"}”`;
  switch (kind) {
    case "order":
      return orderSentence(told, change, say);
    case "event":
      return eventSentence(told, say);
    case "gift":
      return `${amount} given${told.why ? `: ${withoutStop(told.why)}` : ""}.`;
    case "reserve":
      return `${amount} set aside for ${reward}.`;
    case "redeem":
      return redeemSentence(told, reward, say);
    case "release":
      return `${amount} of ${reward} came back${told.why ? `: ${withoutStop(told.why)}` : ""}.`;
    case "mature":
    case "expire":
      if (told.reward) return `${amount} of ${reward} expired${told.why ? `: ${withoutStop(told.why)}` : ""}.`;
      return dueSentence(told, moved, kind, say);
    case "adjust":
      return `Staff ${(told.points ?? change.available + change.pending - change.owed) >= 0 ? "added" : "took away"} ${say.points(moved)}${told.reason ? `: ${withoutStop(told.reason)}` : ""}.`;
    case "import":
      return `Opening balance of ${say.points(moved)}${told.fileName ? ` from ${told.fileName}` : ""}.`;
    case "import undone":
      return `The opening balance${told.fileName ? ` from ${told.fileName}` : ""} was undone: ${say.points(moved)} taken away.`;
    case "claim":
      return `${amount} earned as a guest were claimed.`;
    default:
      return `${say.points(moved)} moved.`;
  }
}

function orderSentence({ order = "An order", due = 0, recorded = 0, units, judgement }: Explanation, change: Balance, say: Say): string {
  if (units && Object.keys(units).length > 0) return unitsSentence(order, { due, recorded, units }, say);
  if (due >= recorded && recorded === 0) return `${order} earned ${say.points(due)}${change.pending > 0 ? ", not spendable yet" : ""}.`;
  if (due > recorded) return `${order} changed and now earns ${say.points(due)} instead of ${say.points(recorded)}.`;
  const why = judgement?.nothing ? whyNothing[judgement.nothing] : due === 0 ? "was returned" : undefined;
  if (due === 0) return `${order} ${why ?? "belongs to somebody else now"}, so its ${say.points(recorded)} were taken back.`;
  return `${order} was changed or partly returned and now earns ${say.points(due)} instead of ${say.points(recorded)}.`;
}

function eventSentence({ event, due = 0, recorded = 0, units }: Explanation, say: Say): string {
  const named: Record<string, string> = { joined: "Joining", birthday: "A birthday", anniversary: "An anniversary of joining" };
  return unitsSentence(named[event?.trigger ?? ""] ?? `“${event?.name ?? "An event"}”`, { due, recorded, units: units ?? {} }, say);
}

function unitsSentence(
  what: string,
  { due, recorded, units }: { due: Points; recorded: Points; units: NonNullable<Explanation["units"]> },
  say: Say,
): string {
  const all = { ...(due + recorded > 0 ? { points: { due, recorded } } : {}), ...units };
  const said = (which: "due" | "recorded") =>
    Object.entries(all)
      .filter(([, one]) => one[which] > 0)
      .map(([unit, one]) => say.amount(one[which], unit))
      .join(" and ");
  const [now, before] = [said("due"), said("recorded")];
  if (!before) return `${what} earned ${now || "nothing"}.`;
  return now ? `${what} changed and now earns ${now} instead of ${before}.` : `${what} no longer counts, so its ${before} were taken back.`;
}

function redeemSentence(told: Explanation, reward: string, say: Say): string {
  const { order = "An order", cost = 0, points = 0, given = 0, currency, unit = "points" } = told;
  const money = (minor: number) => (currency ? sayMoney(minor, currency) : say.money(minor));
  if (told.cancelled) return `${order} was cancelled, so the ${say.amount(points, unit)} of ${reward} came back.`;
  const used = `${reward} took ${money(given)} off ${order} and cost ${say.amount(cost, unit)}.`;
  const late = told.wasReleased ? " Its points had come back before, and were taken again." : "";
  if (cost >= points) return used + late;
  return `${used} The order could not use all of it, so ${say.amount(points - cost, unit)} came back.${late}`;
}

// Both come due in one transaction where both are due.
function dueSentence({ matured, expired, unit = "points" }: Explanation, moved: Points, kind: "mature" | "expire", say: Say): string {
  const parts = [
    { points: matured ?? (kind === "mature" ? moved : 0), what: "became spendable" },
    { points: expired ?? (kind === "expire" ? moved : 0), what: "expired" },
  ].filter((part) => part.points > 0);
  return `${parts.map((part) => `${say.amount(part.points, unit)} ${part.what}`).join(" and ")}.`;
}

// What a member owes is said whatever it came from.
function aside({ owed }: Balance, say: Say): string[] {
  if (owed > 0) return [`${say.points(owed)} had been spent already and are owed: the next ones earned repay them.`];
  if (owed < 0) return [`${say.points(-owed)} repaid what was owed.`];
  return [];
}

function stepsOf(judgement: Judgement, say: Say): string[] {
  const money = (minor: number) => sayMoney(minor, judgement.currency);
  const steps: string[] = [];
  if (judgement.nothing) steps.push(`Nothing is due: the order ${whyNothing[judgement.nothing]}.`);
  steps.push(
    `${money(judgement.amount)} of the order counts${judgement.shipping > 0 ? `, ${money(judgement.shipping)} of it for shipping` : ""}.`,
  );
  if (judgement.refundedWithoutLines > 0)
    steps.push(`${money(judgement.refundedWithoutLines)} was refunded without naming items and is taken off them in proportion.`);
  for (const rule of judgement.rules) steps.push(ruleStep(rule, money, say));
  if (judgement.rules.length > 1) steps.push(`Together ${say.points(judgement.due)}.`);
  steps.push(`Version ${judgement.version} of the programme decided, rounding ${judgement.rounding}, once per rule and order.`);
  return steps;
}

function ruleStep(rule: RuleTrace, money: (minor: number) => string, say: Say): string {
  if (rule.why?.reason === "below minimum")
    return `${rule.name} gave nothing: the order came to ${money(rule.why.amount)} and the rule asks for ${money(rule.why.minimum)}.`;
  return `${rule.name} gave ${say.points(rule.points)}.`;
}

function linesOf(judgement: Judgement): ExplainedLine[] {
  return judgement.lines.map((line, index) => ({
    title: line.title,
    counts: sayMoney(line.counts, judgement.currency),
    points: judgement.rules.reduce((sum, rule) => sum + (rule.lines[index] ?? 0), 0),
    why: line.why,
  }));
}

const whyNothing: Record<NothingReason, string> = {
  "test order": "is a test order",
  cancelled: "was cancelled",
  deleted: "was deleted",
  "payment void": "was never paid",
  "not live": "was placed while the programme gave no points",
  "not a tester": "was placed while the programme was tested by others",
  "excluded by tag": "is by a customer whose tag is excluded",
  blocked: "is by a member who is blocked",
  left: "is by a member who has left",
};

const withoutStop = (sentence: string): string => sentence.trim().replace(/\.$/, "");
