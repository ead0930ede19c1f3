import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useRouteLoaderData } from "@remix-run/react";
import { asMerchant } from "../context.server.ts";
import { readBudgets } from "../db/budgets.ts";
import { programmeNow } from "../db/programme-now.ts";
import { guideDismissed, readLatest, readToDo, readTotals } from "../db/read-home.ts";
import { decidePhase } from "../flows/programme/decide-phase.ts";
import { retryDeliveries } from "../flows/receiving/retry-deliveries.ts";
import { dismissGuide } from "../flows/shop/dismiss-guide.ts";
import { bestRate } from "../loyalty/redeeming/worth.ts";
import { isRefusal } from "../loyalty/refusal.ts";
import { actAnswer } from "../ui/frame/act-answer.ts";
import { HomePage } from "../ui/home/home-page.tsx";
import { latestRows } from "../ui/home/latest-rows.ts";
import { phaseNow } from "../ui/home/phase-now.ts";
import { readPhaseWish } from "../ui/home/read-phase-wish.ts";
import { en as t } from "../ui/texts/en.ts";
import type { loader as appLoader } from "./app.tsx";

export { sendOrSayLost as clientAction, unlessLost as shouldRevalidate } from "../ui/frame/lost.ts";

export const meta: MetaFunction = () => [{ title: `${t.nav.home} · ${t.app}` }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { context } = await asMerchant(request);
  const now = context.now();
  return context.db.inProgramme(context.scope, async (tx) => {
    const programme = await programmeNow(tx, now);
    const { earning, rewards } = programme.definition;
    return {
      phase: phaseNow(programme, now),
      guide: {
        dismissed: await guideDismissed(tx),
        earning: earning.some((one) => one.active),
        rewards: rewards.some((one) => one.active),
      },
      totals: await readTotals(tx),
      worthPerPoint: bestRate(programme.definition),
      latest: latestRows(await readLatest(tx, 8), programme),
      todo: await readToDo(tx, now),
      budgets: await readBudgets(tx, programme, now),
    };
  });
}

export async function action({ request }: ActionFunctionArgs) {
  const { context } = await asMerchant(request);
  const sent = await request.json();
  if (sent.what === "dismiss") return dismissGuide(context).then(() => actAnswer({}, t.form.saved));
  if (sent.what === "retry") return actAnswer(await retryDeliveries(context), t.home.todo.retried);
  const { timeZone } = await context.db.inProgramme(context.scope, (tx) => programmeNow(tx, context.now()));
  const wish = readPhaseWish(sent, timeZone);
  return actAnswer(isRefusal(wish) ? wish : await decidePhase(context, wish), t.phase.changed);
}

export default function Home() {
  const app = useRouteLoaderData<typeof appLoader>("routes/app");
  return <HomePage {...useLoaderData<typeof loader>()} shop={app?.shop ?? ""} apiKey={app?.apiKey ?? ""} />;
}
