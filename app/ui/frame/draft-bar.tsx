import { useLocation, useNavigate, useRouteLoaderData } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { Button, InlineStack, Text } from "@shopify/polaris";
import { publish as t } from "../texts/publish.ts";

/** On every page, while something differs from what is published: how much, and the way to publish it. */
export function DraftBar() {
  const app = useRouteLoaderData("routes/app") as { draft: { changes: number } | null } | undefined;
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const shopify = useAppBridge();
  const draft = pathname === "/app/publish" ? null : app?.draft;

  // What is typed and not saved yet is asked about first.
  const go = async (to: string) => {
    await shopify.saveBar.leaveConfirmation();
    navigate(to);
  };
  return (
    <section aria-label={t.bar.label} className={draft ? "laurel-draft-bar" : undefined}>
      {draft && (
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <div role="status">
            <Text as="span" fontWeight="semibold">
              {t.bar.changes(draft.changes)}
            </Text>
          </div>
          <InlineStack gap="200">
            <Button variant="tertiary" onClick={() => void go("/app/publish#discard")}>
              {t.bar.discard}
            </Button>
            <Button variant="primary" onClick={() => void go("/app/publish")}>
              {t.bar.review}
            </Button>
          </InlineStack>
        </InlineStack>
      )}
    </section>
  );
}
