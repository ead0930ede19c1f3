import { expect, test } from "vitest";
import { issueCertificates } from "../../app/flows/gifts/issue-certificates.ts";
import { type RuleCosts, whatRulesCost } from "../../app/flows/insight/rule-costs.ts";
import { adjustPoints } from "../../app/flows/members/adjust-points.ts";
import { publishProgramme } from "../../app/flows/programme/publish-programme.ts";
import { recordEvent } from "../../app/flows/receiving/record-event.ts";
import { definition, simplePoints } from "../../app/loyalty/program/definition.ts";
import { useDatabase } from "../support/database.ts";
import { type OrderWish, orderBody } from "../support/order-body.ts";
import { settled } from "../support/settled.ts";
import { smallShopify } from "../support/small-shopify.ts";
import { openStory, type Story } from "../support/story.ts";

const at = useDatabase();
const ann = "gid://shopify/Customer/7";
const june = { from: new Date("2026-06-01T00:00:00Z"), until: new Date("2026-07-01T00:00:00Z") };

async function hear(story: Story, wish: OrderWish): Promise<void> {
  await story.deliver("orders/updated", orderBody(wish));
  await story.drain();
  expect(story.failures).toEqual([]);
}

const told = ({ rules }: RuleCosts) =>
  rules.map(({ ruleId, unit, points, gave, money, isLive }) => `${ruleId} ${unit} ${points} ${gave} ${money} ${isLive}`);

async function aShop() {
  const shopify = smallShopify();
  const rule = (id: string, award: object, more: object = {}) => ({ id, name: id, active: true, award, minimum: null, ...more });
  const programme = definition.parse({
    ...simplePoints(100),
    badges: [{ id: "regular", name: "Regular" }],
    tiers: {
      levels: [
        { id: "base", name: "Base" },
        { id: "gold", name: "Gold" },
      ],
    },
    earning: [
      rule("treat", { kind: "reward", rewardId: "five-off" }),
      rule("worn", { kind: "badge", badgeId: "regular" }),
      rule("status", { kind: "tier", tierId: "gold", months: 1 }, { on: { kind: "event", name: "joined.club" } }),
      rule("note", { kind: "certificate", points: 1000, rewardId: "five-off" }),
      rule("never", { kind: "fixed", points: 5 }, { when: { kind: "order amount", least: 1_000_000 } }),
      rule("hardly", { kind: "fixed", points: 5 }, { limits: [{ most: 1, of: "points", per: "lifetime" }] }),
    ],
  });
  const story = await openStory(at, { definition: programme, adminOf: async () => shopify.admin });
  return { story, definition: programme };
}

const order = (id: number, day: string, more: Partial<OrderWish> = {}): OrderWish => ({
  id,
  at: `2026-${day}T09:00:00Z`,
  lines: [{ price: "80.00" }],
  ...more,
});

test("a rule that gives no points has fired when it gave a reward, a badge, a tier or a certificate", async () => {
  const { story, definition: programme } = await aShop();
  await hear(story, order(1, "06-01"));
  await hear(story, order(2, "06-01"));
  const memberId = await story.memberOf(7);
  await recordEvent(story.context, { memberId, name: "joined.club", properties: "", requestId: "one" });
  await settled(story);
  await adjustPoints(story.context, { memberId, points: 2_500, reason: "A gift", requestId: "one" });
  await story.deliver("customers/create", { id: 7, admin_graphql_api_id: ann, state: "enabled" });
  await story.drain();
  expect(await issueCertificates(story.context, memberId)).toBe(2);

  const costs = await whatRulesCost(story.context, june);
  expect(told(costs)).toEqual([
    "hardly points 1 1 1 true",
    "note gift:certificate 2 2 null true",
    "status gift:tier 1 1 null true",
    "treat gift:reward 2 2 1000 true",
    "worn gift:badge 2 2 null true",
  ]);
  expect(costs.silent.map((one) => one.ruleId)).toEqual(["never"]);

  // What is sent back is given no longer, and a rule that is gone is still called by its name.
  await hear(story, order(2, "06-01", { updated: "2026-06-02T09:00:00Z", cancelled: "2026-06-02T09:00:00Z" }));
  const [treat, ...others] = programme.earning;
  await publishProgramme(story.context, { definition: { ...programme, earning: others }, basedOn: 1 });
  const after = await whatRulesCost(story.context, june);
  expect(told(after)).toContain("treat gift:reward 1 1 500 false");
  expect(after.rules.find((one) => one.ruleId === "treat")?.name).toBe(treat?.name);
  expect(told(await whatRulesCost(story.context, { from: june.until, until: new Date("2026-08-01T00:00:00Z") }))).toEqual([]);
});
