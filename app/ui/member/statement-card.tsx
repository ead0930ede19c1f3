import { Link } from "@remix-run/react";
import { BlockStack, Button, Card, Collapsible, InlineStack, Text } from "@shopify/polaris";
import { useId, useState } from "react";
import type { ExplainedLine } from "../../loyalty/explain.ts";
import { ItemsTable } from "../explain/items-table.tsx";
import { en as t } from "../texts/en.ts";
import { explain as explained } from "../texts/explain.ts";
import { useDates, useWords } from "../words.ts";
import { signedChange } from "./change.tsx";

export type StatementLine = {
  transactionId: string;
  sentence: string;
  change: number;
  /** How many points the explanation explains. */
  due: number | null;
  steps: string[];
  lines: ExplainedLine[];
  /** The number of the order behind it, where there is one. */
  order: string | null;
  at: string;
  lateAt: string | null;
  by: string | null;
};

type Props = { statement: { rows: StatementLine[]; older: string | null; newest: boolean } };

/** Every movement of a member's points, with its reason in plain sentences. */
export function StatementCard({ statement: { rows, older, newest } }: Props) {
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          {t.member.statement}
        </Text>
        {rows.length === 0 && (
          <Text as="p" tone="subdued">
            {t.member.statementNone}
          </Text>
        )}
        <ul className="laurel-rows">
          {rows.map((row) => (
            <li key={row.transactionId}>
              <Line row={row} />
            </li>
          ))}
        </ul>
        {(older || !newest) && (
          <InlineStack gap="300">
            {!newest && (
              <Link to="." preventScrollReset>
                {t.member.newest}
              </Link>
            )}
            {older && (
              <Link to={`?before=${older}`} preventScrollReset>
                {t.member.older}
              </Link>
            )}
          </InlineStack>
        )}
      </BlockStack>
    </Card>
  );
}

function Line({ row }: { row: StatementLine }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const { moment } = useDates();
  const { say } = useWords();
  const under = [moment(row.at), row.by && t.member.by(row.by), row.lateAt && t.member.late(moment(row.lateAt))].filter(Boolean);
  return (
    <div className="laurel-row">
      <div className="laurel-wrap">
        <Text as="p">{row.sentence}</Text>
        <Text as="p" variant="bodySm" tone="subdued">
          {under.join(" · ")}
        </Text>
        {row.steps.length > 0 && (
          <>
            <Button variant="plain" disclosure={open ? "up" : "down"} ariaExpanded={open} ariaControls={id} onClick={() => setOpen(!open)}>
              {row.due ? t.member.why(say.points(row.due)) : t.member.whyNone}
            </Button>
            <Collapsible id={id} open={open} transition={false}>
              <Why steps={row.steps} lines={row.lines} order={row.order} />
            </Collapsible>
          </>
        )}
      </div>
      {signedChange(row.change)}
    </div>
  );
}

function Why({ steps, lines, order }: Pick<StatementLine, "steps" | "lines" | "order">) {
  return (
    <BlockStack gap="200">
      <ul>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ul>
      {lines.length > 0 && <ItemsTable label={explained.lines.title} lines={lines} fewest={2} />}
      {order && (
        <p>
          <Link to={`/app/explain/${order}`}>{explained.open}</Link>
        </p>
      )}
    </BlockStack>
  );
}
