import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { asMerchant } from "../context.server.ts";
import { listBacktests } from "../db/backtests.ts";
import { challengeDays, readChallenger } from "../db/challenger.ts";
import { fillsOf } from "../db/mirror-fills.ts";
import { countPastOrders } from "../db/past-orders.ts";
import { programmeNow } from "../db/programme-now.ts";
import { askForBacktest } from "../flows/insight/ask-for-backtest.ts";
import { lookAtChallenger, startChallenger, stopChallenger } from "../flows/insight/challenge.ts";
import { askForFill } from "../flows/mirror/fill-mirror.ts";
import { draftBar } from "../flows/programme/review-draft.ts";
import { isRefusal } from "../loyalty/refusal.ts";
import { BacktestsPage } from "../ui/backtest/backtests-page.tsx";
import { readTime } from "../ui/backtest/read-time.ts";
import { actAnswer } from "../ui/frame/act-answer.ts";
import { backtest as t } from "../ui/texts/backtest.ts";

export { sendOrSayLost as clientAction, unlessLost as shouldRevalidate } from "../ui/frame/lost.ts";

export const meta: MetaFunction = () => [{ title: `${t.title} · Laurel` }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { context, place } = await asMerchant(request);
  return context.db.inProgramme(context.scope, async (tx) => ({
    changes: (await draftBar(tx))?.changes ?? null,
    backtests: await listBacktests(tx),
    fill: (await fillsOf(tx, place.shopId)).find((one) => one.what === "orders") ?? null,
    held: await countPastOrders(tx),
    challenger: (await readChallenger(tx)) ?? null,
    days: await challengeDays(tx),
  }));
}

export async function action({ request }: ActionFunctionArgs) {
  const { context, place } = await asMerchant(request);
  const sent = await request.json();
  if (sent.what === "start") return actAnswer(await startChallenger(context), t.challenger.started);
  if (sent.what === "stop") return actAnswer(await stopChallenger(context), t.challenger.stopped);
  if (sent.what === "look") return actAnswer(await lookAtChallenger(context), t.challenger.looking);
  if (sent.what === "import") {
    const wish = { shopId: place.shopId, at: context.now(), what: ["orders" as const] };
    await context.db.inProgramme(context.scope, (tx) => askForFill(tx, wish));
    return actAnswer({}, t.history.asked);
  }
  const { timeZone } = await context.db.inProgramme(context.scope, (tx) => programmeNow(tx, context.now()));
  const time = readTime(sent, timeZone);
  const asked = isRefusal(time) ? time : await askForBacktest(context, { ...time, withImported: sent.withImported === true });
  return isRefusal(asked) ? actAnswer(asked, "") : redirect(`/app/backtest/${asked.backtestId}`);
}

export default function Backtests() {
  return <BacktestsPage {...useLoaderData<typeof loader>()} />;
}
