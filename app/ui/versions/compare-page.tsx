import { useNavigation, useSearchParams } from "@remix-run/react";
import { BlockStack, Card, FormLayout, Page, Select, SkeletonBodyText, Text } from "@shopify/polaris";
import type { Change } from "../../loyalty/program/diff.ts";
import { ChangesList } from "../publish/changes-list.tsx";
import { publish as t } from "../texts/publish.ts";

type Props = { from: string; to: string; hasDraft: boolean; versions: { version: number; note: string | null }[]; changes: Change[] };

/** What differs between any two versions, or between one and the draft. */
export function ComparePage({ from, to, hasDraft, versions, changes }: Props) {
  const [, setAsked] = useSearchParams();
  const { state, location } = useNavigation();
  const isReading = state === "loading" && location?.pathname === "/app/versions/compare";
  const words = t.compare;
  const options = [
    ...(hasDraft ? [{ value: "draft", label: words.draft }] : []),
    ...versions.map(({ version, note }) => ({ value: String(version), label: words.option(version, note) })),
  ];
  const choose = (change: object) => setAsked({ from, to, ...change }, { preventScrollReset: true, replace: true });
  return (
    <Page title={words.title} backAction={{ content: t.history.title, url: "/app/settings/history" }}>
      <BlockStack gap="400">
        <Card>
          <FormLayout>
            <FormLayout.Group>
              <Select label={words.from} options={options} value={from} onChange={(value) => choose({ from: value })} />
              <Select label={words.to} options={options} value={to} onChange={(value) => choose({ to: value })} />
            </FormLayout.Group>
          </FormLayout>
        </Card>
        <Card>
          <div aria-live="polite" aria-busy={isReading}>
            {isReading ? (
              <>
                <Text as="span" visuallyHidden>
                  {words.loading}
                </Text>
                <SkeletonBodyText lines={4} />
              </>
            ) : changes.length === 0 ? (
              <Text as="p">{words.none}</Text>
            ) : (
              <ChangesList changes={changes} />
            )}
          </div>
        </Card>
      </BlockStack>
    </Page>
  );
}
