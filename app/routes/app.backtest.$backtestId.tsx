import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { asMerchant } from "../context.server.ts";
import { readBacktest } from "../db/backtests.ts";
import { askForBacktest, cancelBacktest } from "../flows/insight/ask-for-backtest.ts";
import { showBacktest } from "../flows/insight/show-backtest.ts";
import { isRefusal } from "../loyalty/refusal.ts";
import { BacktestPage } from "../ui/backtest/backtest-page.tsx";
import { actAnswer } from "../ui/frame/act-answer.ts";
import { backtest as t } from "../ui/texts/backtest.ts";

export { sendOrSayLost as clientAction, unlessLost as shouldRevalidate } from "../ui/frame/lost.ts";

export const meta: MetaFunction = () => [{ title: `${t.title} · Laurel` }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { context } = await asMerchant(request);
  const backtestId = z.uuid().safeParse(params.backtestId);
  const found = backtestId.success ? await showBacktest(context, backtestId.data) : undefined;
  if (!found) throw new Response(null, { status: 404 });
  return found;
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { context } = await asMerchant(request);
  const backtestId = z.uuid().parse(params.backtestId);
  const { what } = await request.json();
  if (what !== "again") return actAnswer(await cancelBacktest(context, backtestId), t.cancelling);
  const one = await context.db.inProgramme(context.scope, (tx) => readBacktest(tx, backtestId));
  if (!one) throw new Response(null, { status: 404 });
  const asked = await askForBacktest(context, { from: one.fromAt, until: one.untilAt, withImported: one.withImported });
  return isRefusal(asked) ? actAnswer(asked, "") : redirect(`/app/backtest/${asked.backtestId}`);
}

export default function Backtest() {
  return <BacktestPage {...useLoaderData<typeof loader>()} />;
}
