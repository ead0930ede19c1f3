import { useFetcher } from "@remix-run/react";
import { Badge, BlockStack, Button, Card, Page } from "@shopify/polaris";
import { useEffect } from "react";
import { NothingYet } from "../frame/nothing-yet.tsx";
import { PlainTable } from "../frame/plain-table.tsx";
import { en as t } from "../texts/en.ts";
import { useDates } from "../words.ts";

export type PrivacyRow = { requestId: string; kind: string; customerGid: string; askedAt: string; answeredAt: string | null };

/** What customers asked of their data, and the answer to hand to them. */
export function PrivacyPage({ requests }: { requests: PrivacyRow[] }) {
  const { moment } = useDates();
  const words = t.privacy;
  return (
    <Page title={words.title} backAction={{ content: t.settings.title, url: "/app/settings" }}>
      <BlockStack gap="400">
        {requests.length === 0 ? (
          <Card>
            <NothingYet title={words.none.title} text={words.none.text} />
          </Card>
        ) : (
          <PlainTable
            title={words.title}
            text={words.personal}
            columns={[
              { title: words.customer },
              { title: words.kind },
              { title: words.asked },
              { title: words.state },
              { title: words.download },
            ]}
            rows={requests.map((one) => ({
              key: one.requestId,
              cells: [
                one.customerGid.split("/").at(-1),
                words.kinds[one.kind] ?? one.kind,
                moment(one.askedAt),
                <Badge key="state" tone={one.answeredAt ? "success" : "attention"}>
                  {one.answeredAt ? words.ready : words.waiting}
                </Badge>,
                one.answeredAt ? <Download key="download" requestId={one.requestId} /> : "",
              ],
            }))}
          />
        )}
      </BlockStack>
    </Page>
  );
}

// Fetched with the session token and handed to the browser as a file: a plain link would come without a token.
function Download({ requestId }: { requestId: string }) {
  const fetcher = useFetcher<{ fileName: string; answer: object }>();
  useEffect(() => {
    if (!fetcher.data) return;
    const url = URL.createObjectURL(new Blob([JSON.stringify(fetcher.data.answer, null, 2)], { type: "application/json" }));
    const link = Object.assign(document.createElement("a"), { href: url, download: fetcher.data.fileName });
    link.click();
    URL.revokeObjectURL(url);
  }, [fetcher.data]);
  return (
    <Button variant="plain" loading={fetcher.state !== "idle"} onClick={() => fetcher.load(`/app/settings/privacy/${requestId}`)}>
      {t.privacy.download}
    </Button>
  );
}
