import { BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import type { DayTotal } from "../../loyalty/insight/report.ts";
import { PlainTable } from "../frame/plain-table.tsx";
import { useAct } from "../frame/use-answer.ts";
import { backtest } from "../texts/backtest.ts";
import { actorOf, number, useDates } from "../words.ts";
import { Bars, Change } from "./beside.tsx";

const t = backtest.challenger;
const sides = backtest.report.sides;

export type ChallengerNow = { since: string | Date; until: string | Date | null; startedBy: string; computedAt: string | Date | null };

/** A draft that runs beside the live programme: started, stopped, and what it would have given day by day. */
export function ChallengerCard({ one, days, hasDraft }: { one: ChallengerNow | null; days: DayTotal[]; hasDraft: boolean }) {
  const { moment } = useDates();
  const act = useAct(() => undefined);
  const runs = one !== null && one.until === null;
  return (
    <>
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            {t.title}
          </Text>
          <Text as="p" tone="subdued">
            {t.text}
          </Text>
          {one && (
            <Text as="p">
              {[
                t.since(moment(one.since), actorOf(one.startedBy)),
                ...(one.until ? [t.ended(moment(one.until))] : []),
                one.computedAt ? t.computed(moment(one.computedAt)) : t.never,
              ].join(" ")}
            </Text>
          )}
          {!runs && !hasDraft && <Text as="p">{t.noDraft}</Text>}
          {act.refused && (
            <div role="alert">
              <Text as="p" tone="critical">
                {act.refused.sentence}
              </Text>
            </div>
          )}
          <InlineStack gap="200">
            {runs ? (
              <>
                <Button loading={act.busy} onClick={() => act.send({ what: "look" })}>
                  {t.look}
                </Button>
                <Button tone="critical" loading={act.busy} onClick={() => act.send({ what: "stop" })}>
                  {t.stop}
                </Button>
              </>
            ) : (
              <Button loading={act.busy} disabled={!hasDraft} onClick={() => act.send({ what: "start" })}>
                {t.start}
              </Button>
            )}
          </InlineStack>
        </BlockStack>
      </Card>
      {one?.computedAt && <Days days={days} />}
    </>
  );
}

function Days({ days }: { days: DayTotal[] }) {
  const most = Math.max(0, ...days.flatMap((day) => [day.live, day.draft]));
  const sum = (of: (day: DayTotal) => number) => days.reduce((all, day) => all + of(day), 0);
  const row = (key: string, { live, draft, orders, changed }: Omit<DayTotal, "day">, bars: boolean) => ({
    key,
    cells: [
      key,
      number(orders),
      number(changed),
      number(live),
      number(draft),
      <Change key="change" live={live} draft={draft} />,
      bars ? (
        <Bars key="bars" live={live} draft={draft} most={most} said={backtest.report.months.bar(number(live), number(draft))} />
      ) : null,
    ],
  });
  const all = {
    live: sum((day) => day.live),
    draft: sum((day) => day.draft),
    orders: sum((day) => day.orders),
    changed: sum((day) => day.changed),
  };
  return (
    <PlainTable
      title={`${t.title}: ${t.day}`}
      none={t.none}
      columns={[
        { title: t.day },
        { title: t.orders, end: true },
        { title: t.changed, end: true },
        { title: sides.live, end: true },
        { title: t.challenger, end: true },
        { title: sides.change, end: true },
        { title: "" },
      ]}
      rows={days.length === 0 ? [] : [row(t.total, all, false), ...days.map(({ day, ...one }) => row(day, one, true))]}
    />
  );
}
