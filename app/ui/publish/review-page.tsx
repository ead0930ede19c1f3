import { useLocation, useNavigate } from "@remix-run/react";
import { BlockStack, Card, Layout, Page, Text } from "@shopify/polaris";
import { useState } from "react";
import { NothingYet } from "../frame/nothing-yet.tsx";
import { useAct } from "../frame/use-answer.ts";
import { publish as t } from "../texts/publish.ts";
import { actorOf, useDates } from "../words.ts";
import { ChangesList } from "./changes-list.tsx";
import { DiscardDialog } from "./discard-dialog.tsx";
import { MeanwhileCard } from "./meanwhile-card.tsx";
import { MoversCard } from "./movers-card.tsx";
import { ProblemsBanner } from "./problems-banner.tsx";
import { PublishCard } from "./publish-card.tsx";
import type { ReviewData } from "./review.ts";

/** What publishing would change, what stands in its way, and the button. */
export function ReviewPage({ review }: { review: ReviewData | null }) {
  const navigate = useNavigate();
  const { moment } = useDates();
  const { hash, key } = useLocation();
  // Whoever came by a link from elsewhere has no page of ours to go back to.
  const back = () => (key === "default" ? navigate("/app") : navigate(-1));
  // The bar of another page asks for the dialog by its link.
  const [discarding, setDiscarding] = useState(hash === "#discard");
  // Held here, for what asks for them is gone by the time the answer is there.
  const publishing = useAct(() => navigate("/app/settings/history"));
  const discard = useAct(() => setDiscarding(false));
  const bringing = useAct(() => undefined);
  if (!review)
    return (
      <Page title={t.title} backAction={{ content: t.back, url: "/app" }}>
        <Card>
          <NothingYet title={t.none.title} text={t.none.text} action={{ content: t.none.action, url: "/app/earning" }} />
        </Card>
      </Page>
    );
  const { changes, problems, meanwhile, revision } = review;
  const isReady = problems.length === 0 && meanwhile === null;
  return (
    <Page
      title={t.title}
      backAction={{ content: t.back, onAction: back }}
      secondaryActions={[
        { content: t.tryIt, url: "/app/backtest" },
        { content: t.bar.discard, destructive: true, onAction: () => setDiscarding(true) },
      ]}
    >
      <BlockStack gap="400">
        {meanwhile && <MeanwhileCard act={bringing} meanwhile={meanwhile} revision={revision} />}
        {problems.length > 0 && <ProblemsBanner problems={problems} />}
        <Layout>
          <Layout.Section>
            <BlockStack gap="400">
              <Card>
                <BlockStack gap="400">
                  <BlockStack gap="100">
                    <Text as="h2" variant="headingMd">
                      {t.changes}
                    </Text>
                    <Text as="p" tone="subdued">
                      {`${t.changesText(review.basedOn)} ${t.by(actorOf(review.changedBy), moment(review.changedAt))}`}
                    </Text>
                  </BlockStack>
                  <ChangesList changes={changes} />
                </BlockStack>
              </Card>
              {review.tiersChange && <MoversCard revision={revision} />}
            </BlockStack>
          </Layout.Section>
          <Layout.Section variant="oneThird">
            <PublishCard act={publishing} review={review} ready={isReady} />
          </Layout.Section>
        </Layout>
      </BlockStack>
      <DiscardDialog
        act={discard}
        open={discarding}
        changes={Math.max(1, changes.length)}
        revision={revision}
        onClose={() => setDiscarding(false)}
      />
    </Page>
  );
}
