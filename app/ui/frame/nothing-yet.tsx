import { BlockStack, Box, Button, Text } from "@shopify/polaris";

/** What stands where nothing is yet: what it will be, and the way to begin. */
export function NothingYet({ title, text, action }: { title: string; text: string; action?: { content: string; url: string } }) {
  return (
    <Box padding="800">
      <BlockStack gap="300" inlineAlign="center">
        <BlockStack gap="100" inlineAlign="center">
          <Text as="h2" variant="headingMd" alignment="center">
            {title}
          </Text>
          <Text as="p" tone="subdued" alignment="center">
            {text}
          </Text>
        </BlockStack>
        {action && (
          <Button variant="primary" url={action.url}>
            {action.content}
          </Button>
        )}
      </BlockStack>
    </Box>
  );
}
