import { Text } from "@shopify/polaris";

/** A tier's name beside its colour. The colour says nothing that the name does not. */
export function TierName({ name, colour }: { name: string; colour: string }) {
  return (
    <span style={{ display: "inline-flex", alignItems: "center", gap: "var(--p-space-150)" }}>
      <span
        aria-hidden="true"
        style={{ inlineSize: "0.75rem", blockSize: "0.75rem", borderRadius: "50%", background: colour, flex: "none" }}
      />
      <Text as="span" fontWeight="medium">
        {name}
      </Text>
    </span>
  );
}
