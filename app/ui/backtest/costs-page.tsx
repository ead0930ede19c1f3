import { Form } from "@remix-run/react";
import { BlockStack, Button, Card, FormLayout, Page, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { toldApart } from "../form/told-apart.ts";
import { PlainTable } from "../frame/plain-table.tsx";
import { backtest } from "../texts/backtest.ts";
import { en } from "../texts/en.ts";
import { number, useWords } from "../words.ts";
import { Bars } from "./beside.tsx";

const t = backtest.costs;

type Cost = {
  ruleId: string;
  name: string;
  unit: string;
  points: number;
  gave: number;
  beaten: number;
  cut: number;
  money: number | null;
  isLive: boolean;
};
type Props = {
  time: { from: string; until: string };
  costs: {
    rules: Cost[];
    silent: { ruleId: string; name: string; beaten: number }[];
    rate: { minor: number; points: number } | null;
    unitNames: Record<string, string>;
  };
};

/** What each rule gave in a time, what that is worth, and which rules do nothing. */
export function CostsPage({ time, costs: { rules, silent, rate, unitNames } }: Props) {
  const { say } = useWords();
  const ofPoints = rules.filter((one) => one.unit === "points");
  const total = ofPoints.reduce((sum, one) => sum + one.points, 0);
  const most = Math.max(0, ...ofPoints.map((one) => one.points));
  const share = (one: Cost) => (one.unit === "points" && total > 0 ? say.percent(Math.round((one.points / total) * 10_000)) : "–");
  const name = say.pointsName.other;
  const silentNames = toldApart(silent.map((one) => ({ id: one.ruleId, name: one.name })));
  return (
    <Page title={t.title} subtitle={t.text} backAction={{ content: en.earning.title, url: "/app/earning" }}>
      <BlockStack gap="400">
        <Time key={`${time.from} ${time.until}`} time={time} />
        <PlainTable
          title={t.given}
          text={rate ? t.worth(`${say.points(rate.points)} = ${say.money(rate.minor)}`) : t.noWorth}
          none={t.none}
          columns={[
            { title: t.rule },
            { title: t.points(name.charAt(0).toUpperCase() + name.slice(1)), end: true },
            { title: t.money, end: true },
            { title: t.share, end: true },
            { title: t.orders, end: true },
            { title: t.cut, end: true },
            { title: t.beaten, end: true },
            { title: "" },
          ]}
          rows={rules.map((one) => ({
            key: `${one.ruleId} ${one.unit}`,
            cells: [
              `${one.name}${one.unit === "points" ? "" : ` (${unitNames[one.unit] ?? one.unit})`}${one.isLive ? "" : ` – ${t.gone}`}`,
              number(one.points),
              one.money === null ? "–" : say.money(one.money),
              share(one),
              number(one.gave),
              number(one.cut),
              number(one.beaten),
              one.unit === "points" ? <Bars key="bar" live={one.points} draft={0} most={most} said={share(one)} /> : null,
            ],
          }))}
        />
        <Card>
          <BlockStack gap="200">
            <Text as="h2" variant="headingMd">
              {t.silent.title}
            </Text>
            {silent.length === 0 && <Text as="p">{t.silent.none}</Text>}
            <ul className="laurel-rows">
              {silent.map((one, at) => (
                <li key={one.ruleId}>
                  <Text as="p" fontWeight="medium">
                    {silentNames[at]?.label ?? one.name}
                  </Text>
                  <Text as="p" tone="subdued">
                    {one.beaten > 0 ? t.silent.beaten : t.silent.never}
                  </Text>
                </li>
              ))}
            </ul>
          </BlockStack>
        </Card>
      </BlockStack>
    </Page>
  );
}

function Time({ time }: { time: Props["time"] }) {
  const [from, setFrom] = useState(time.from);
  const [until, setUntil] = useState(time.until);
  return (
    <Card>
      <Form method="get">
        <FormLayout>
          <FormLayout.Group condensed>
            <TextField label={t.from} type="date" name="from" value={from} onChange={setFrom} autoComplete="off" />
            <TextField label={t.until} type="date" name="until" value={until} onChange={setUntil} autoComplete="off" />
          </FormLayout.Group>
          <Button submit>{t.act}</Button>
        </FormLayout>
      </Form>
    </Card>
  );
}
