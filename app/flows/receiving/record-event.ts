import { compiledVersion } from "../../db/programme.ts";
import { programmeNow } from "../../db/programme-now.ts";
import { isRefusal, type Refusal, refuse } from "../../loyalty/refusal.ts";
import { audit } from "../audit.ts";
import type { Context } from "../context.ts";
import { type EventTold, tellHappening } from "./hear-happening.ts";

/** The events that rules in force reward, each with the names of those rules. */
export async function eventsAsked(context: Pick<Context, "db" | "scope" | "now">): Promise<{ name: string; rules: string[] }[]> {
  return context.db.inProgramme(context.scope, async (tx) => {
    const { version } = await programmeNow(tx, context.now());
    const asked = new Map<string, string[]>();
    for (const { rule } of (await compiledVersion(tx, version)).rules)
      if (rule.on.kind === "event") asked.set(rule.on.name, [...(asked.get(rule.on.name) ?? []), rule.name]);
    return [...asked].map(([name, rules]) => ({ name, rules })).sort((a, b) => (a.name < b.name ? -1 : 1));
  });
}

/** Staff record what a member did and no machine told. One request records it once. */
export async function recordEvent(
  context: Context,
  wish: { memberId: string; name: string; properties: string; requestId: string },
): Promise<EventTold | Refusal> {
  const properties = typedProperties(wish.properties);
  if (isRefusal(properties)) return properties;
  if (!(await eventsAsked(context)).some((one) => one.name === wish.name))
    return refuse("no such event", "No rule in force rewards this event. Choose another one.", "name");
  const told = await tellHappening(context, {
    member: { memberId: wish.memberId },
    trigger: "event",
    name: wish.name,
    properties,
    source: `staff ${wish.requestId}`,
  });
  if (!isRefusal(told) && !told.before)
    await context.db.inProgramme(context.scope, (tx) =>
      audit(tx, context, "recorded an event", told.memberId, { name: wish.name, properties }),
    );
  return told;
}

/** One on each line: "stars = 5". What looks like a number is one. */
function typedProperties(typed: string): Record<string, string | number | boolean> | Refusal {
  const lines = typed.split("\n").flatMap((line) => (line.trim() ? [line] : []));
  const pairs: [string, string | number | boolean][] = [];
  for (const line of lines) {
    const at = line.indexOf("=");
    if (at < 1)
      return refuse("bad properties", `Write “${line.trim().slice(0, 40)}” as a name and a value, such as stars = 5.`, "properties");
    const value = line.slice(at + 1).trim();
    pairs.push([
      line.slice(0, at).trim(),
      /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value === "true" || value === "false" ? value === "true" : value,
    ]);
  }
  return Object.fromEntries(pairs);
}
