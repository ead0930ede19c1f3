import type { CompiledProgramme, Judgement } from "../earning/evaluate.ts";
import type { Circumstances } from "../earning/judgement.ts";
import { type Trail, type TrailEntry, trailOf, trailOfEvent } from "../earning/trail.ts";
import { clockOf, type LocalMoment } from "../local-time.ts";
import type { LadderInForce } from "../tiers/trail.ts";
import { limitsUsed } from "./limits-used.ts";
import { type Acquaintance, addTrail, joinedAtOf, type MemberSoFar, newMember, type Placed, standingNow } from "./member-so-far.ts";
import type { PastOccasion } from "./past-occasion.ts";
import { tierAfter } from "./tier-so-far.ts";

export type SideWish = {
  programmes: readonly CompiledProgramme[];
  ladders: readonly LadderInForce[];
  timeZone: string;
  /** Which version judges it. */
  programmeOf: (occasion: PastOccasion) => CompiledProgramme;
  /** Somebody else needs to know what it adds to members' histories, although it does not. */
  keepsHistory?: boolean;
  /** It takes products, which were not pinned, from the mirror. */
  fromMirror: boolean;
  /** What was written down of members' histories stands: what an order once had of a budget is told by nothing else. */
  asSettled?: boolean;
};

export type Given = {
  judgement: Judgement;
  programme: CompiledProgramme;
  at: Circumstances;
  trail: Trail | null;
  /** In which the member was before it. */
  tierId: string | null;
};

/** One side of a comparison: members, and how what they did is judged by its programme. */
export type Side = ReturnType<typeof openSide>;

export function openSide({
  programmes,
  ladders,
  timeZone,
  programmeOf,
  fromMirror,
  asSettled = false,
  keepsHistory: mustKeep = false,
}: SideWish) {
  const rules = { ladders, timeZone, limits: limitsUsed(programmes) };
  const hasTiers = ladders.some((one) => one.ladder !== null);
  // While no version asks who members are or what else they bought, nobody's history is kept.
  const keepsHistory =
    mustKeep || hasTiers || programmes.some(({ needs }) => needs.has("history") || needs.has("tier") || needs.has("customer"));

  function judge(occasion: PastOccasion, member: MemberSoFar | null, placed: Placed, room: Circumstances["room"]): Given {
    const programme = programmeOf(occasion);
    const standing = member ? standingNow(member, placed, programme, rules, occasion) : {};
    const at = circumstancesOf(occasion, { programme, standing, room, fromMirror });
    const tierId = standing.member?.tierId ?? null;
    const written = asSettled && member && occasion.trail ? writtenTrail(occasion, occasion.trail) : null;
    if (occasion.kind === "event") {
      const judgement = programme.judgeEvent(occasion.happening, at);
      return { judgement, programme, at, tierId, trail: written ?? (member && trailOfEvent(occasion.key, occasion.placedAt, judgement)) };
    }
    const { facts, deletedAt } = occasion;
    const judgement = programme.judge(facts, at);
    const trail =
      written ??
      (member &&
        trailOf(
          facts,
          occasion.key,
          (then) => (then === facts && deletedAt === null ? judgement : programme.judge(then, { ...at, deleted: false })),
          {
            ladder: programme.definition.tiers,
            deletedAt,
          },
        ));
    return { judgement, programme, at, tierId, trail };
  }

  return {
    judge,
    /** Somebody who has done nothing yet; null where nobody's history is asked for. */
    meet: (known: Acquaintance): MemberSoFar | null => (keepsHistory ? newMember(known, rules) : null),
    /** Adds what an occasion left: its own, or what another side gave for it. */
    add(member: MemberSoFar | null, trail: Trail | null, placed: Placed): void {
      if (member && trail) addTrail(member, trail, placed, rules);
    },
    hasTiers,
    keepsHistory,
    tierAtEnd: (member: MemberSoFar | null, at: number): string | null =>
      member?.tier ? tierAfter(member.tier, at, joinedAtOf(member), rules) : null,
  };
}

const writtenTrail = ({ key, placedAt, kind }: PastOccasion, entries: TrailEntry[]): Trail => ({
  key,
  placedAt,
  isOrder: kind === "order",
  entries,
});

type Around = {
  programme: CompiledProgramme;
  standing: Pick<Circumstances, "member" | "used">;
  room: Circumstances["room"];
  fromMirror: boolean;
};

// Put together as the flows put it together that settle orders and events.
function circumstancesOf(occasion: PastOccasion, { programme, standing, room, fromMirror }: Around): Circumstances {
  const { pins } = occasion;
  const at: Circumstances = {
    phase: occasion.phase,
    tags: occasion.tags,
    memberState: occasion.memberState,
    version: programme.version,
    testTag: occasion.testTag,
    deleted: occasion.kind === "order" && occasion.deletedAt !== null,
    member: standing.member ?? {},
    used: standing.used ?? none,
  };
  if (pins?.segments)
    at.member = occasion.kind === "order" ? { segments: pins.segments, ...at.member } : { ...at.member, segments: pins.segments };
  const products = fromMirror && occasion.products ? { ...occasion.products, ...pins?.products } : pins?.products;
  if (products) at.products = products;
  if (room) at.room = room;
  return at;
}

const none = {};

const clocks = new Map<string, (at: number) => LocalMoment>();

/** When something was placed, and what clocks showed then: worked out once, when it is first asked for. */
export function placedAt(at: number, timeZone: string): Placed {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = clockOf(timeZone);
    clocks.set(timeZone, clock);
  }
  const shows = clock;
  let shown: LocalMoment | undefined;
  return {
    at,
    local: () => {
      shown ??= shows(at);
      return shown;
    },
  };
}
