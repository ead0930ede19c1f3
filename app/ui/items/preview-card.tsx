import { BlockStack, Card, Text } from "@shopify/polaris";

/** What the form would do, as it is typed. */
export function PreviewCard({ title, name, lines, incomplete }: { title: string; name: string; lines: string[]; incomplete: string }) {
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          {title}
        </Text>
        <div aria-live="polite" className="laurel-wrap">
          {lines.length === 0 && (
            <Text as="p" tone="subdued">
              {incomplete}
            </Text>
          )}
          {lines.length > 0 && (
            <BlockStack gap="200">
              <Text as="p" fontWeight="semibold">
                {name}
              </Text>
              {lines.map((line) => (
                <Text as="p" key={line}>
                  {line}
                </Text>
              ))}
            </BlockStack>
          )}
        </div>
      </BlockStack>
    </Card>
  );
}
