import { expect } from "vitest";
import type { Balance } from "../../app/loyalty/ledger/accounts.ts";
import { LedgerWorld } from "./ledger-world.ts";

const accounts = ["pending", "available", "reserved", "owed"] as const;

/**
 * Tells a story of one member, a line a step: what happens, then the balances after it. A balance that is not
 * named is zero.
 *
 *   day 10                                  time goes on, and what is due matures and expires
 *   award A 100 [held 7] [unpaid] [expires 30]   an order is due so many points; days from when it is placed
 *   due A 40 | paid A | return A            the same order later
 *   give 50 [expires 30] | take 20          staff
 *   reserve R 60 | use R 60 | cancel R | release R
 */
export function tell(story: string, { graceDays = 30 } = {}): LedgerWorld {
  const world = new LedgerWorld();
  world.graceDays = graceDays;
  for (const line of story.split("\n").filter((one) => one.trim() !== "")) {
    const { words, balance } = read(line);
    act(world, words);
    expect({ line: line.trim(), ...world.balance }).toEqual({ line: line.trim(), ...balance });
    world.expectSound();
  }
  return world;
}

function read(line: string): { words: string[]; balance: Balance } {
  const words: string[] = [];
  const balance: Balance = { pending: 0, available: 0, reserved: 0, owed: 0 };
  const tokens = line.trim().split(/\s+/);
  for (let index = 0; index < tokens.length; index += 1) {
    const account = accounts.find((one) => one === tokens[index]);
    if (!account) words.push(tokens[index] as string);
    else balance[account] = Number(tokens[++index]);
  }
  return { words, balance };
}

function act(world: LedgerWorld, [verb, name = "", ...rest]: string[]): void {
  const number = (word: string): number | null => (rest.includes(word) ? Number(rest[rest.indexOf(word) + 1]) : null);
  switch (verb) {
    case "day":
      world.day = Number(name);
      world.sweep();
      break;
    case "award":
      world.settle(name, {
        due: Number(rest[0]),
        held: number("held") ?? 0,
        expires: number("expires"),
        paid: rest.includes("unpaid") ? null : world.day,
      });
      break;
    case "due":
      world.settle(name, { due: Number(rest[0]) });
      break;
    case "paid":
      world.settle(name, { due: world.orders.get(name)?.due ?? 0, paid: world.day });
      break;
    case "return":
      world.settle(name, { due: 0 });
      break;
    case "give":
      world.give(Number(name), number("expires"));
      break;
    case "take":
      world.take(Number(name));
      break;
    case "reserve":
      expect(world.reserve(name, Number(rest[0])), `enough for ${name}`).toBe(true);
      return;
    case "use":
      world.charge(name, Number(rest[0]));
      break;
    case "cancel":
      world.charge(name, 0);
      break;
    case "release":
      world.release(name);
      break;
    default:
      throw new Error(`Nobody knows how to ${verb}.`);
  }
}
