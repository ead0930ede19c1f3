import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { asMerchant } from "../context.server.ts";
import { workingProgramme } from "../db/drafts.ts";
import { sayOf } from "../ui/form/use-say.ts";
import { ItemList } from "../ui/items/item-list.tsx";
import { rewardForStaff } from "../ui/rewards/reward-words.ts";
import { en as t } from "../ui/texts/en.ts";

export const meta: MetaFunction = () => [{ title: `${t.rewards.title} · ${t.app}` }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { context } = await asMerchant(request);
  const { currency, definition } = await context.db.inProgramme(context.scope, workingProgramme);
  const say = sayOf(definition, currency);
  return {
    rows: definition.rewards.map((reward) => ({
      id: reward.id,
      name: reward.name,
      state: reward.active ? ("active" as const) : ("inactive" as const),
      sentence: rewardForStaff(reward, say),
      end: reward.offered ? say.amount(reward.points, reward.unit) : undefined,
    })),
  };
}

export default function Rewards() {
  return (
    <ItemList title={t.rewards.title} add={t.rewards.add} none={t.rewards.none} base="/app/rewards" {...useLoaderData<typeof loader>()} />
  );
}
