import { hasTag } from "../earning/evaluate.ts";
import type { Definition } from "../program/definition.ts";
import type { Phase } from "../program/phase.ts";
import { type Refusal, refuse } from "../refusal.ts";

/** Why somebody may not turn points into rewards now; undefined when they may. */
export function whyNotRedeem(
  programme: { phase: Phase; testTag: string | null; definition: Definition },
  person: { state: string; tags: readonly string[] },
): Refusal | undefined {
  if (programme.phase === "off" || programme.phase === "paused") return refuse("not live", "Rewards cannot be redeemed at the moment.");
  if (programme.phase === "testing" && !(programme.testTag && hasTag(person.tags, programme.testTag)))
    return refuse("not live", "Rewards cannot be redeemed yet.");
  if (person.state !== "active")
    return refuse("not a member", "This account does not take part in the programme. Please contact the shop.");
  const excluded = programme.definition.policies.excludeTag;
  return excluded && hasTag(person.tags, excluded) ? refuse("excluded", "This account does not take part in the programme.") : undefined;
}
