import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { asMerchant } from "../context.server.ts";
import { workingProgramme } from "../db/drafts.ts";
import { ruleForStaff } from "../loyalty/earning/for-staff.ts";
import { clockOf } from "../loyalty/local-time.ts";
import { sayOf } from "../ui/form/use-say.ts";
import { ItemList } from "../ui/items/item-list.tsx";
import { stateOf } from "../ui/items/state-badge.tsx";
import { en as t } from "../ui/texts/en.ts";

export const meta: MetaFunction = () => [{ title: `${t.earning.title} · ${t.app}` }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { context } = await asMerchant(request);
  const { currency, timeZone, definition } = await context.db.inProgramme(context.scope, workingProgramme);
  const say = sayOf(definition, currency);
  const { text: now } = clockOf(timeZone)(context.now().getTime());
  return {
    rows: definition.earning.map((rule) => ({
      id: rule.id,
      name: rule.name,
      state: stateOf(rule, now),
      sentence: ruleForStaff(rule, say),
    })),
  };
}

const doors = [
  { content: t.earning.doors.templates, url: "/app/templates" },
  { content: t.earning.doors.costs, url: "/app/earning/costs" },
  { content: t.earning.doors.explain, url: "/app/explain" },
];

export default function Earning() {
  const { title, add, none } = t.earning;
  return <ItemList title={title} add={add} none={none} base="/app/earning" doors={doors} {...useLoaderData<typeof loader>()} />;
}
