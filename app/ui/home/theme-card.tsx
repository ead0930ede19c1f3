import { useAppBridge } from "@shopify/app-bridge-react";
import { Badge, BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { useEffect, useState } from "react";
import { en as t } from "../texts/en.ts";

export type ThemeBlocks = { state: "checking" | "on" | "off" | "unknown"; names: string[] };

/** Which of our blocks stand in the shop's theme, as the admin knows it. */
export function useThemeBlocks(): ThemeBlocks {
  const shopify = useAppBridge();
  const [blocks, setBlocks] = useState<ThemeBlocks>({ state: "checking", names: [] });
  useEffect(() => {
    let wanted = true;
    const ask = async () => {
      const found = await shopify.app.extensions();
      const ours = found
        .filter((one) => one.type === "theme_app_extension")
        .flatMap((one) => one.activations as { name: string; status: string }[]);
      const active = ours.filter((one) => one.status === "active");
      if (wanted) setBlocks({ state: active.length > 0 ? "on" : "off", names: active.map((one) => one.name) });
    };
    // An older App Bridge does not tell. Not knowing is shown, it is not an error of the page.
    ask().catch(() => wanted && setBlocks({ state: "unknown", names: [] }));
    return () => {
      wanted = false;
    };
  }, [shopify]);
  return blocks;
}

const tones = { checking: undefined, on: "success", off: "attention", unknown: "info" } as const;

export function ThemeCard({ blocks, editor }: { blocks: ThemeBlocks; editor: string }) {
  const words = t.home.theme;
  const text = { checking: words.checking, on: words.onText(blocks.names.join(", ")), off: words.offText, unknown: words.unknownText }[
    blocks.state
  ];
  return (
    <Card>
      <BlockStack gap="300" inlineAlign="start">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h2" variant="headingMd">
            {words.title}
          </Text>
          {blocks.state !== "checking" && <Badge tone={tones[blocks.state]}>{words[blocks.state]}</Badge>}
        </InlineStack>
        <Text as="p" tone="subdued">
          {text}
        </Text>
        <Button url={editor} target="_top">
          {words.edit}
        </Button>
      </BlockStack>
    </Card>
  );
}
