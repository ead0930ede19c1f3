import { useRevalidator } from "@remix-run/react";
import { Badge, Banner, BlockStack, Button, Card, InlineStack, List, Page, ProgressBar, Text } from "@shopify/polaris";
import { useEffect } from "react";
import type { Names, Person, ReportShown } from "../../loyalty/insight/shown.ts";
import { useAct } from "../frame/use-answer.ts";
import { backtest as t } from "../texts/backtest.ts";
import { beside } from "../texts/backtest-beside.ts";
import { number, useDates, useWords } from "../words.ts";
import { CertificatesTable, TierGiftsTable } from "./beside-tables.tsx";
import { ChangedOrders } from "./changed-orders.tsx";
import { PeopleTables, TiersTables } from "./people-tables.tsx";
import { BudgetsTable, GiftsTable, MonthsTable, RulesTable, SensitivityTable, TotalsTable, UnitsTable } from "./report-tables.tsx";
import { type BacktestNow, tones } from "./shown.ts";

type Props = { one: BacktestNow; report: ReportShown | null; names: Names; people: Record<string, Person> };

/** One draft tried on the past: how far it is, and then what it found. */
export function BacktestPage({ one, report, names, people }: Props) {
  const { moment } = useDates();
  const act = useAct(() => undefined);
  const underWay = one.state === "waiting" || one.state === "running";
  const again = { content: t.again, loading: act.busy, onAction: () => act.send({ what: "again" }) };
  useFollowing(underWay);
  return (
    <Page
      title={`${t.title}, ${moment(one.askedAt)}`}
      titleMetadata={
        <div className="laurel-state">
          <Badge tone={tones[one.state]}>{t.states[one.state]}</Badge>
        </div>
      }
      backAction={{ content: t.title, url: "/app/backtest" }}
    >
      <BlockStack gap="400">
        {act.refused && <Banner tone="critical" title={act.refused.sentence} />}
        {underWay && <Progress one={one} busy={act.busy} onCancel={() => act.send({ what: "cancel" })} />}
        {one.state === "cancelled" && (
          <Banner title={t.cancelledText} action={again}>
            {t.againHelp}
          </Banner>
        )}
        {one.state === "failed" && (
          <Banner tone="critical" title={t.failedText(one.reason ?? "")} action={again}>
            {t.againHelp}
          </Banner>
        )}
        {report && <Report report={report} names={names} people={people} />}
      </BlockStack>
    </Page>
  );
}

function Report({ report, names, people }: { report: ReportShown; names: Names; people: Record<string, Person> }) {
  const { say } = useWords();
  const { counted, ledger } = report;
  const orders = counted.orders + counted.imported;
  return (
    <>
      <Card>
        <BlockStack gap="200">
          <Text as="p">{orders + counted.events === 0 ? t.empty : t.report.counted(orders, counted.events, counted.members)}</Text>
          <Text as="p" fontWeight="medium">
            {t.report.changed(counted.changed)}
          </Text>
          {counted.waiting > 0 && <Text as="p">{t.report.waiting(counted.waiting)}</Text>}
          {ledger && ledger.different === 0 && <Text as="p">{t.report.ledgerEqual(ledger.equal)}</Text>}
          {ledger && ledger.different > 0 && (
            <Text as="p">{t.report.ledgerDifferent(ledger.different, ledger.equal + ledger.different)}</Text>
          )}
          {ledger?.beside && (
            <Text as="p">
              {ledger.beside.different === 0
                ? beside.ledgerEqual(number(ledger.beside.equal))
                : beside.ledgerDifferent(number(ledger.beside.different), number(ledger.beside.equal + ledger.beside.different))}
            </Text>
          )}
        </BlockStack>
      </Card>
      <TotalsTable report={report} />
      <MonthsTable report={report} names={names} />
      <RulesTable report={report} names={names} />
      <UnitsTable report={report} names={names} />
      <GiftsTable report={report} names={names} />
      <CertificatesTable report={report} names={names} say={say} />
      <TierGiftsTable report={report} names={names} />
      <BudgetsTable report={report} />
      <TiersTables report={report} names={names} />
      <PeopleTables report={report} people={people} />
      <ChangedOrders orders={report.changedOrders} elsewhere={report.ordersElsewhere} />
      <SensitivityTable report={report} say={say} />
      <Card>
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">
            {t.report.constant}
          </Text>
          <List>
            {report.holdsConstant.map((one) => (
              <List.Item key={one}>{one}</List.Item>
            ))}
          </List>
        </BlockStack>
      </Card>
    </>
  );
}

// The way out of it stands here and not in the page's head, which would lose a line, and all below it move, when it is through.
function Progress({ one, busy, onCancel }: { one: BacktestNow; busy: boolean; onCancel: () => void }) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd" id="progress">
          {one.cancelAsked ? t.cancelling : t.states[one.state]}
        </Text>
        <ProgressBar progress={one.total ? (one.done / one.total) * 100 : 0} tone="primary" ariaLabelledBy="progress" />
        <div aria-live="polite">{t.progress(one.done, one.total)}</div>
        <InlineStack>
          <Button disabled={one.cancelAsked} loading={busy} onClick={onCancel}>
            {t.cancel}
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

// While it is under way the page looks again every half second.
function useFollowing(underWay: boolean): void {
  const { revalidate, state } = useRevalidator();
  useEffect(() => {
    if (!underWay || state !== "idle") return;
    const timer = setTimeout(revalidate, 500);
    return () => clearTimeout(timer);
  }, [underWay, state, revalidate]);
}
