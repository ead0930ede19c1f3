import { compile } from "../../loyalty/earning/evaluate.ts";
import { exampleOrder, nobodyInParticular } from "../../loyalty/earning/example-order.ts";
import type { Judgement } from "../../loyalty/earning/judgement.ts";
import { instantOf } from "../../loyalty/local-time.ts";
import { checkProgramme } from "../../loyalty/program/check.ts";
import type { Definition, EarningRule } from "../../loyalty/program/definition.ts";
import { withItem } from "../../loyalty/program/edit.ts";
import type { Imagined } from "./imagined.ts";

export type Tried = { judgement: Judgement; definition: Definition; amount: number; alone: boolean } | { unsettled: string[] };

type Shop = { currency: string; timeZone: string };

/**
 * Judges what somebody imagined by the programme with this rule in it. Where another part of the programme is not
 * settled yet the rule is tried alone; where the rule itself is not, what is wrong with it is said.
 */
export function tryRule(rule: EarningRule, definition: Definition, given: Imagined, shop: Shop): Tried {
  const tried = { ...rule, active: true };
  const whole = withItem(definition, "earning", tried);
  const isSound = checkProgramme(whole).ok;
  const alone: Definition = { ...definition, earning: [tried], boosts: [] };
  const checked = isSound ? { ok: true as const, definition: whole } : checkProgramme(alone);
  if (!checked.ok) return { unsettled: checked.problems.map(({ said, suggestion }) => [said, suggestion].filter(Boolean).join(" ")) };

  const compiled = compile(0, checked.definition, shop);
  const at = momentOf(given.order.at, shop.timeZone);
  const member = memberOf(given.member, checked.definition, shop.timeZone);
  const known = { definition: checked.definition, alone: !isSound };

  if (rule.on.kind !== "order") {
    const properties = Object.fromEntries(given.properties.map((one) => [one.name, one.value]));
    const event = rule.on.kind === "event" ? { name: rule.on.name, properties } : null;
    const around = { ...nobodyInParticular, tags: member.tags, member };
    return { ...known, amount: 0, judgement: compiled.judgeEvent({ trigger: rule.on.kind, at, event }, around) };
  }
  const { order, at: around } = exampleOrder(
    {
      items: given.items.map((item) => ({
        ...item,
        type: item.type ?? undefined,
        vendor: item.vendor ?? undefined,
        tags: item.tags ?? [],
        collections: (item.collections ?? []).map((one) => one.gid),
        productGid: item.products?.[0]?.gid,
        variantGid: item.variants?.[0]?.gid,
        sku: item.sku ?? undefined,
        discount: item.discount ?? 0,
        compareAt: item.compareAt ?? undefined,
      })),
      at,
      channel: given.order.channel,
      gateway: given.order.gateway ?? undefined,
      codes: given.order.codes ?? [],
      country: given.order.country?.toUpperCase(),
      currency: given.order.currency?.toUpperCase(),
      company: given.order.company,
    },
    member,
    shop,
  );
  const amount = given.items.reduce((sum, item) => sum + Math.max(0, item.price * item.quantity - (item.discount ?? 0)), 0);
  return { ...known, amount, judgement: compiled.judge(order, around) };
}

// A new member is in the lowest tier.
function memberOf(
  { tierId, tags, segments, birthday, joined, lastOrder, ordersBefore }: Imagined["member"],
  { tiers }: Definition,
  timeZone: string,
) {
  return {
    tierId: tierId ?? tiers?.levels[0]?.id ?? null,
    ordersBefore,
    tags: tags ?? [],
    segments: (segments ?? []).map((one) => one.gid),
    birthday: birthday?.slice(5) ?? null,
    joinedAt: joined === null ? null : momentOf(joined, timeZone),
    lastOrderAt: lastOrder === null ? null : momentOf(lastOrder, timeZone),
  };
}

function momentOf(local: string, timeZone: string): number {
  const [day = "", time = "00:00"] = local.split("T");
  return instantOf({ day, time, timeZone })?.getTime() ?? 0;
}
