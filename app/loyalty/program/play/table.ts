import type { CompiledProgramme } from "../../earning/evaluate.ts";
import type { Circumstances } from "../../earning/judgement.ts";
import { type LimitOf, limitsOf } from "../../earning/limits-of.ts";
import type { Trail } from "../../earning/trail.ts";
import type { OrderFacts } from "../../facts.ts";
import { type Balance, nothing } from "../../ledger/accounts.ts";
import { type Book, openBook } from "../../ledger/book.ts";
import { clockOf, type LocalMoment } from "../../local-time.ts";
import { type Say, wordsOf } from "../../say.ts";
import { entriesFor } from "../../tiers/before.ts";
import type { Granted } from "../../tiers/grants.ts";
import { type Standing, type StandingInput, standingAt } from "../../tiers/standing.ts";
import type { TierDecision } from "../../tiers/trail.ts";
import type { Definition } from "../definition.ts";
import { namesOf } from "../names-of.ts";
import type { Shop } from "../play.ts";
import { type Occasion, occasionsOf } from "./occasions.ts";

/** A reward that costs nothing, and the last day on which its code is good. */
export type Gift = { rewardId: string; name: string; lastDay: string };

export type PlayedStep = {
  at: number;
  /** What the member did, or what the day brought. */
  what: string;
  /** Nobody did anything: a day came. */
  byItself: boolean;
  /** By unit; less than zero where something was taken back. */
  earned: Record<string, number>;
  gifts: Gift[];
  expired: Record<string, number>;
  refused: boolean;
  /** What came of it and why, in sentences. */
  why: string[];
  balances: Record<string, Balance>;
  tierId: string | null;
};

export type PlayedOrder = { order: OrderFacts; key: string; at: Circumstances; due: Record<string, number> };

/** All that a story is played with. Functions beside this change it and nothing else. */
export type Table = {
  programme: CompiledProgramme;
  shop: Shop;
  say: Say;
  clock: (at: number) => LocalMoment;
  member: { joinedAt: number; birthday: string | null; tags: readonly string[] };
  occasions: readonly Occasion[];
  limits: readonly LimitOf[];
  books: Map<string, Book>;
  trails: Map<string, Trail>;
  /** Tiers that rules gave, by the order or event that they were given for. */
  decisions: Map<string, TierDecision[]>;
  orders: PlayedOrder[];
  tierId: string | null;
  /** Causes that have given: each gives once. */
  given: Set<string>;
  /** What tiers gave of what they give again and again. */
  granted: Granted[];
  now: number;
  lots: number;
  steps: PlayedStep[];
  page: PlayedStep | null;
};

type Member = { joinedAt: number; until: number; birthday?: string; tags?: readonly string[] };

export function seat(programme: CompiledProgramme, member: Member, shop: Shop): Table {
  const { definition } = programme;
  const clock = clockOf(shop.timeZone);
  const units = ["points", ...definition.units.map((one) => one.id)];
  return {
    programme,
    shop,
    say: sayings(definition, shop.currency),
    clock,
    member: { joinedAt: member.joinedAt, birthday: member.birthday ?? null, tags: member.tags ?? [] },
    occasions: occasionsOf(definition, member, { clock, timeZone: shop.timeZone }),
    limits: limitsOf(definition),
    books: new Map(units.map((unit) => [unit, openBook({ memberId: "member", unit, balance: nothing, lots: [] })])),
    trails: new Map(),
    decisions: new Map(),
    orders: [],
    tierId: null,
    given: new Set(),
    granted: [],
    now: member.joinedAt - 1,
    lots: 0,
    steps: [],
    page: null,
  };
}

/** The programme's own words, for whoever reads the story. */
export const sayings = (definition: Definition, currency: string): Say =>
  wordsOf({ currency, pointsName: definition.points, units: definition.units, names: namesOf(definition) });

/** Everything that happens at one instant is one step. What nobody did is told only when something came of it. */
export function onPage(table: Table, at: number, what: string | null, happens: (page: PlayedStep) => void): void {
  const page: PlayedStep = {
    at,
    what: what ?? "",
    byItself: what === null,
    earned: {},
    gifts: [],
    expired: {},
    refused: false,
    why: [],
    balances: {},
    tierId: null,
  };
  table.now = at;
  table.page = page;
  happens(page);
  table.page = null;
  if (page.byItself) {
    const [first, ...rest] = page.why;
    if (first === undefined) return;
    page.what = first;
    page.why = rest;
  }
  table.steps.push({ ...page, balances: balancesOf(table), tierId: table.tierId });
}

export const balancesOf = ({ books }: Pick<Table, "books">): Record<string, Balance> =>
  Object.fromEntries([...books].map(([unit, { balance }]) => [unit, { ...balance }]));

export function bookOf({ books }: Table, unit: string): Book {
  const book = books.get(unit);
  if (!book) throw new Error(`The programme has no unit ${unit}.`);
  return book;
}

/** What tiers follow from. */
export const standingInput = ({ programme, shop, member, trails, decisions }: Table): StandingInput => ({
  ladders: [{ from: 0, ladder: programme.definition.tiers }],
  joinedAt: member.joinedAt,
  timeZone: shop.timeZone,
  trail: [...trails.values()].flatMap(entriesFor),
  decisions: [...decisions.values()].flat(),
});

export const standingOf = (table: Table, at: number): Standing | null =>
  table.programme.definition.tiers ? standingAt(standingInput(table), at) : null;

/** The last day before an instant, as a reader writes it: what ends at midnight was good until the evening. */
export const sayUntil = (table: Table, until: number): string => table.say.day(lastDayOf(table, until));

export const lastDayOf = ({ clock }: Table, until: number): string => clock(until - 1).day;
