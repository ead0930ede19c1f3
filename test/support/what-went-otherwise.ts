import type { Played, PlayedStep } from "../../app/loyalty/program/play.ts";
import type { Amounts, Outcome, Story } from "../../app/loyalty/program/story.ts";

/** What a story said would come of each of its steps and did not, in words. */
export function whatWentOtherwise(story: Story, played: Played): string[] {
  const wrong: string[] = [];
  let meanwhile: PlayedStep[] = [];
  const steps = [...story.steps];
  for (const page of played.steps) {
    meanwhile.push(page);
    if (page.byItself) continue;
    const { at, so } = steps.shift() ?? { at: "after the end" };
    for (const [what, wanted, came] of compared(so ?? {}, page, meanwhile))
      if (JSON.stringify(wanted) !== JSON.stringify(came))
        wrong.push(`${at} ${what}: ${JSON.stringify(came)} and not ${JSON.stringify(wanted)}`);
    meanwhile = [];
  }
  if (steps.length > 0) wrong.push(`${steps.length} steps were not played`);
  return wrong;
}

type Compared = [what: string, wanted: unknown, came: unknown];

function compared(so: Outcome, page: PlayedStep, meanwhile: PlayedStep[]): Compared[] {
  const rows: Compared[] = [];
  const amounts = (what: string, wanted: Amounts | undefined, came: (unit: string) => number) => {
    if (wanted === undefined) return;
    for (const [unit, amount] of Object.entries(typeof wanted === "number" ? { points: wanted } : wanted))
      rows.push([`${what} ${unit}`, amount, came(unit)]);
  };
  const of = (unit: string) => page.balances[unit] ?? { pending: 0, available: 0, reserved: 0, owed: 0 };
  amounts("earns", so.earns, (unit) => page.earned[unit] ?? 0);
  amounts("has", so.has, (unit) => of(unit).available + of(unit).pending - of(unit).owed);
  amounts("spendable", so.spendable, (unit) => of(unit).available);
  amounts("expired", so.expired, (unit) => meanwhile.reduce((sum, one) => sum + (one.expired[unit] ?? 0), 0));
  if (so.tier !== undefined) rows.push(["tier", so.tier, page.tierId]);
  if (so.refused !== undefined) rows.push(["refused", so.refused, page.refused]);
  if (so.gifts !== undefined) {
    const given = meanwhile.flatMap((one) => one.gifts);
    // The day is asked for where the story says one.
    const came = given.map(({ rewardId, lastDay }, at) =>
      so.gifts?.[at]?.includes(" until ") ? `${rewardId} until ${lastDay}` : rewardId,
    );
    rows.push(["gifts", so.gifts, came]);
  }
  return rows;
}
