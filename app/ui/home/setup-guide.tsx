import { useFetcher } from "@remix-run/react";
import { Badge, BlockStack, Button, Card, InlineStack, Link, ProgressBar, Text } from "@shopify/polaris";
import { en as t } from "../texts/en.ts";

type Props = { earning: boolean; rewards: boolean; theme: boolean; live: boolean; editor: string };

/** Four steps, each with the door to it. It can be put away at any time and does not come back. */
export function SetupGuide({ earning, rewards, theme, live, editor }: Props) {
  const words = t.home.guide;
  const fetcher = useFetcher();
  const steps = [
    { ...words.earning, done: earning, url: "/app/earning" },
    { ...words.rewards, done: rewards, url: "/app/rewards" },
    { ...words.theme, done: theme, url: editor, target: "_top" as const },
    { ...words.live, done: live, url: "#programme" },
  ];
  const done = steps.filter((step) => step.done).length;
  if (fetcher.state !== "idle") return null;

  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="200">
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <Text as="h2" variant="headingMd">
              {words.title}
            </Text>
            <Button variant="plain" onClick={() => fetcher.submit({ what: "dismiss" }, { method: "post", encType: "application/json" })}>
              {words.dismiss}
            </Button>
          </InlineStack>
          <Text as="p" tone="subdued">
            {words.text} {words.progress(done, steps.length)}. <Link url="/app/templates">{words.template}</Link>
          </Text>
          <ProgressBar progress={(done / steps.length) * 100} size="small" tone="primary" ariaLabelledBy="guide-progress" />
          <Text as="span" id="guide-progress" visuallyHidden>
            {words.progress(done, steps.length)}
          </Text>
        </BlockStack>
        <ul className="laurel-rows">
          {steps.map((step) => (
            <li key={step.title} className="laurel-row">
              <div>
                <InlineStack gap="200" align="start" blockAlign="center">
                  <Text as="h3" fontWeight="semibold">
                    {step.title}
                  </Text>
                  <Badge tone={step.done ? "success" : undefined}>{step.done ? words.done : words.open}</Badge>
                </InlineStack>
                <Text as="p" tone="subdued">
                  {step.text}
                </Text>
              </div>
              <Button url={step.url} target={"target" in step ? step.target : undefined}>
                {step.action}
              </Button>
            </li>
          ))}
        </ul>
      </BlockStack>
    </Card>
  );
}
