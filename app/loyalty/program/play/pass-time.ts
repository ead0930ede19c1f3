import { happen } from "./act.ts";
import { bringUpToDate } from "./pots.ts";
import { settle } from "./settle.ts";
import { onPage, standingOf, type Table } from "./table.ts";

/** Lives through the days until an instant: each on which something is due is a step of its own. */
export function passUntil(table: Table, until: number): void {
  for (let at = nextInstant(table); at <= until; at = nextInstant(table)) {
    onPage(table, at, null, (page) => {
      const { expired, matured } = bringUpToDate(table);
      page.expired = expired;
      for (const [unit, amount] of Object.entries(matured)) page.why.push(`${table.say.amount(amount, unit)} can be spent from now on.`);
      for (const [unit, amount] of Object.entries(expired)) page.why.push(`${table.say.amount(amount, unit)} ended unused.`);
      for (const { at: day, trigger } of table.occasions) if (day === at && trigger !== "period") happen(table, trigger);
      settle(table);
    });
  }
}

/** The next instant at which time alone may change something. */
function nextInstant(table: Table): number {
  let next = standingOf(table, table.now)?.reviewAt ?? Number.POSITIVE_INFINITY;
  const consider = (at: number | undefined) => {
    if (at !== undefined && at > table.now && at < next) next = at;
  };
  for (const { at } of table.occasions) consider(at);
  for (const book of table.books.values())
    for (const lot of book.lots) {
      if (lot.left === 0) continue;
      consider(lot.expiresAt?.getTime());
      if (!lot.matured) consider(lot.availableFrom?.getTime());
    }
  return next;
}
