import { useRevalidator } from "@remix-run/react";
import { Badge, BlockStack, Link, Page } from "@shopify/polaris";
import { useEffect } from "react";
import type { DayTotal } from "../../loyalty/insight/report.ts";
import { PlainTable } from "../frame/plain-table.tsx";
import { backtest as t } from "../texts/backtest.ts";
import { actorOf, number, useDates } from "../words.ts";
import { AskCard } from "./ask-card.tsx";
import { Change } from "./beside.tsx";
import { ChallengerCard, type ChallengerNow } from "./challenger-card.tsx";
import { type PastFill, PastOrdersCard } from "./past-orders-card.tsx";
import { type BacktestNow, tones } from "./shown.ts";

type Props = {
  changes: number | null;
  backtests: (BacktestNow & { live: number | null; draft: number | null })[];
  fill: PastFill | null;
  held: number;
  challenger: ChallengerNow | null;
  days: DayTotal[];
};

/** Where the draft is tried before it is published: on the past, and beside the live programme. */
export function BacktestsPage({ changes, backtests, fill, held, challenger, days }: Props) {
  const { moment } = useDates();
  const isBusy = backtests.some((one) => one.state === "waiting" || one.state === "running") || isUnderWay(fill) || isNew(challenger);
  useFollowing(isBusy);
  return (
    <Page title={t.title} subtitle={t.intro}>
      <BlockStack gap="400">
        <AskCard changes={changes} imported={held} />
        <PlainTable
          title={t.list.title}
          none={t.list.none}
          columns={[
            { title: t.list.asked },
            { title: t.list.by },
            { title: t.list.state },
            { title: t.list.live, end: true },
            { title: t.list.draft, end: true },
            { title: t.list.change, end: true },
          ]}
          rows={backtests.map((one) => ({
            key: one.backtestId,
            cells: [
              <Link key="asked" url={`/app/backtest/${one.backtestId}`}>
                {moment(one.askedAt)}
              </Link>,
              actorOf(one.askedBy),
              <Badge key="state" tone={tones[one.state]}>
                {t.states[one.state]}
              </Badge>,
              one.live === null ? "–" : number(one.live),
              one.draft === null ? "–" : number(one.draft),
              one.live === null || one.draft === null ? "–" : <Change key="change" live={one.live} draft={one.draft} />,
            ],
          }))}
        />
        <ChallengerCard one={challenger} days={days} hasDraft={changes !== null} />
        <PastOrdersCard fill={fill} held={held} />
      </BlockStack>
    </Page>
  );
}

const isUnderWay = (fill: PastFill | null): boolean => fill !== null && fill.state !== "done" && fill.state !== "failed";
const isNew = (one: ChallengerNow | null): boolean => one !== null && one.until !== null && one.computedAt === null;

function useFollowing(isBusy: boolean): void {
  const { revalidate, state } = useRevalidator();
  useEffect(() => {
    if (!isBusy || state !== "idle") return;
    const timer = setTimeout(revalidate, 1000);
    return () => clearTimeout(timer);
  }, [isBusy, state, revalidate]);
}
