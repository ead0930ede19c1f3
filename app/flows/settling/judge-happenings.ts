import type { BudgetHeld } from "../../db/budgets.ts";
import type { Happening, Person } from "../../db/happenings.ts";
import { customerAsked } from "../../loyalty/earning/customer-asked.ts";
import type { CompiledProgramme, Judgement } from "../../loyalty/earning/evaluate.ts";
import type { Background } from "../../loyalty/earning/history.ts";
import type { Circumstances } from "../../loyalty/earning/judgement.ts";
import { byPlacing, sameEntries, trailOfEvent } from "../../loyalty/earning/trail.ts";
import { phaseAt, versionAt } from "../../loyalty/program/phase.ts";
import { charge, roomFor } from "./charge-budgets.ts";
import { type History, standingOf } from "./histories.ts";
import type { Past } from "./past-of.ts";
import { isPinned, pinCustomer } from "./pin-customer.ts";

export type JudgedHappening = { happening: Happening; judgement: Judgement; programme: CompiledProgramme };

/** What an event waits for, which only Shopify can say. */
export type Lacking = { happeningId: string; lacks: "tags" | "customer" | "segments"; account: NonNullable<Person["account"]> };

export function programmeFor(happening: Happening, past: Past): CompiledProgramme {
  const version = happening.version ?? versionAt(past.versions, happening.at)?.version;
  const programme = version === undefined ? undefined : past.compiled.get(version);
  if (!programme) throw new Error(`The version of event ${happening.happeningId} was not compiled.`);
  return programme;
}

/**
 * Pinned when it is first settled, as an order is: the version and phase of its instant, the member's tags and state,
 * their segments, what is asked of their birthday and of orders before Laurel. What only Shopify knows and has not said
 * is waited for.
 */
export function pinHappening(happening: Happening, person: Person, background: Background | undefined, past: Past): Happening | Lacking {
  if (happening.version !== null) return happening;
  const { version, definition, needs, timeZone } = programmeFor(happening, past);
  const { phase, testTag } = phaseAt(past.phases, happening.at);
  const gives = phase === "live" || phase === "testing";
  const { account } = person;
  const asksTags = testTag !== null || definition.policies.excludeTag !== null || needs.has("customer tags");
  if (gives && account && asksTags && !account.tagsKnown) return { happeningId: happening.happeningId, lacks: "tags", account };
  const asked = customerAsked(definition, "event");
  if (gives && account && !account.isAsked && !isPinned(happening.pins, asked))
    return { happeningId: happening.happeningId, lacks: "customer", account };
  const asksSegments = gives && needs.has("segments") && !happening.pins?.segments;
  if (asksSegments && account) return { happeningId: happening.happeningId, lacks: "segments", account };
  return {
    ...happening,
    version,
    phase,
    memberState: person.state === "merged" ? "active" : person.state,
    tags: account?.tags ?? [],
    pins: {
      ...(gives ? pinCustomer(happening.pins, asked, background, { at: happening.at.getTime(), timeZone }) : happening.pins),
      ...(asksSegments ? { segments: [] } : {}),
    },
  };
}

/** Judges pinned events in the order in which they happened, each in the standing that its member had then. */
export function judgeHappenings(
  happenings: readonly Happening[],
  past: Past,
  histories: ReadonlyMap<string, History>,
  budgets: ReadonlyMap<string, BudgetHeld>,
): { judged: JudgedHappening[]; again: { memberId: string; since: number }[] } {
  const again: { memberId: string; since: number }[] = [];
  const judged = [...happenings]
    .sort((a, b) => byPlacing(occasionOf(a), occasionOf(b)))
    .map((happening) => {
      const history = histories.get(happening.memberId);
      const one = judge(happening, past, history, budgets);
      const since = history && changes(one.happening, history);
      if (since) again.push({ memberId: happening.memberId, since });
      return one;
    });
  return { judged, again };
}

const occasionOf = ({ happeningId, at }: Happening) => ({ key: happeningId, placedAt: at.getTime() });

function judge(happening: Happening, past: Past, history: History | undefined, budgets: ReadonlyMap<string, BudgetHeld>): JudgedHappening {
  const programme = programmeFor(happening, past);
  const { testTag } = phaseAt(past.phases, happening.at);
  const standing = history ? standingOf({ ...occasionOf(happening), kind: "event", pins: happening.pins }, history, programme) : {};
  const { segments } = happening.pins ?? {};
  const charged = { at: happening.at, pins: happening.pins, programme };
  const at: Circumstances = {
    version: programme.version,
    phase: happening.phase ?? "off",
    testTag,
    tags: happening.tags,
    deleted: false,
    memberState: happening.memberState ?? "active",
    ...standing,
    member: { ...standing.member, ...(segments ? { segments } : {}) },
    room: roomFor(charged, budgets),
  };
  const event = happening.name === null ? null : { name: happening.name, properties: happening.properties };
  const judgement = programme.judgeEvent({ trigger: happening.trigger, at: happening.at.getTime(), event }, at);
  const { entries } = trailOfEvent(happening.happeningId, happening.at.getTime(), judgement);
  return { happening: { ...happening, pins: charge(charged, judgement, budgets), trail: entries }, judgement, programme };
}

// An event that adds something else than before to its member's history: what came after it is looked at again.
function changes(happening: Happening, { trails }: History): number | undefined {
  const { key, placedAt } = occasionOf(happening);
  const before = trails.get(key);
  const entries = happening.trail ?? [];
  trails.set(key, { key, placedAt, isOrder: false, entries });
  if (sameEntries(before?.entries ?? [], entries)) return undefined;
  const younger = [...trails.values()].filter((one) => byPlacing(one, { key, placedAt }) > 0).map((one) => one.placedAt);
  return younger.length > 0 ? Math.min(...younger) : undefined;
}
