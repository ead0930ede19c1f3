import type { Tx } from "../../db/database.ts";
import type { HeldOrder } from "../../db/orders.ts";
import { backgroundsOf, type Pins } from "../../db/trails.ts";
import { answersOf, type CustomerAsked, customerAsked } from "../../loyalty/earning/customer-asked.ts";
import type { Background } from "../../loyalty/earning/history.ts";
import { clockIn } from "../../loyalty/earning/local-days.ts";
import { compiledFor, type Past } from "./past-of.ts";
import { type People, personOf } from "./people-of.ts";

/** What shops know of members of whom something is to be pinned, by their ids. */
export type Backgrounds = ReadonlyMap<string, Background>;

/** Asked for once for a batch; nobody is asked for of whom all is pinned already, or of whom no rule asks. */
export function backgroundsToPin(tx: Tx, orders: readonly HeldOrder[], people: People, past: Past): Promise<Backgrounds> {
  const wanted = orders.flatMap((order) => {
    const person = personOf(people, order);
    if (!person || order.facts.customerGid === null) return [];
    const asked = customerAsked(compiledFor(order, past).definition, "order");
    return isPinned(ofPerson(order, person.memberId), asked) ? [] : [person.memberId];
  });
  return backgroundsOf(tx, [...new Set(wanted)]);
}

/** What is pinned of whose order this is: of somebody whose it is no longer, nothing. */
export function ofPerson({ pins, memberId }: Pick<HeldOrder, "pins" | "memberId">, nowOf: string): Pins | null {
  if (!pins || memberId === nowOf) return pins;
  const { windows: _, counted: __, ...rest } = pins;
  return rest;
}

export const isPinned = (pins: Pins | null, { windows, counts }: CustomerAsked): boolean =>
  (windows.length === 0 || pins?.windows !== undefined) && (!counts || pins?.counted !== undefined);

/** Pins what is asked of a customer and is not pinned yet, as it is known now. */
export function pinCustomer(
  pins: Pins | null,
  asked: CustomerAsked,
  background: Background | undefined,
  { at, timeZone }: { at: number; timeZone: string },
): Pins | null {
  if (isPinned(pins, asked)) return pins;
  const { birthday = null, counted = null } = background ?? {};
  return {
    ...(asked.windows.length > 0 ? { windows: answersOf(asked, birthday, () => clockIn(timeZone)(at)) } : {}),
    ...(asked.counts ? { counted } : {}),
    ...pins,
  };
}
