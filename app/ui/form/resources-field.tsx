import { useAppBridge } from "@shopify/app-bridge-react";
import { Button, InlineError, InlineStack, Text } from "@shopify/polaris";
import { useId } from "react";
import { editor } from "../texts/editor.ts";
import { ChosenTags } from "./chosen-tags.tsx";
import type { Draft } from "./draft.ts";

type Kind = "products" | "variants" | "collections";
type Props = { label: string; help?: string; error?: string; as: Kind; chosen: readonly Draft[]; onChange: (chosen: Draft[]) => void };

const types = { products: "product", variants: "variant", collections: "collection" } as const;

/** Things of the shop, chosen in Shopify's own picker. Their titles are kept so that a sentence can name them. */
export function ResourcesField({ label, help, error, as, chosen, onChange }: Props) {
  const shopify = useAppBridge();
  const id = useId();
  const browse = async () => {
    const picked = await shopify.resourcePicker({
      type: types[as],
      multiple: 250,
      action: "select",
      filter: { variants: false },
      selectionIds: chosen.map((one) => ({ id: String(one.gid) })),
    });
    if (picked) onChange(picked.map((one) => ({ gid: one.id, title: titleOf(one) })));
  };
  return (
    <fieldset className="laurel-fieldset laurel-wide" aria-describedby={error ? id : undefined}>
      <legend>{label}</legend>
      <InlineStack gap="200" blockAlign="center">
        <ChosenTags chosen={chosen} titleOf={(one) => String(one.title || one.gid)} onChange={onChange} />
        <Button onClick={() => void browse()}>{editor.fields.browse[as]}</Button>
      </InlineStack>
      {help && (
        <Text as="p" tone="subdued">
          {help}
        </Text>
      )}
      {error && <InlineError message={error} fieldID={id} />}
    </fieldset>
  );
}

// A variant is named by its product too.
const titleOf = (one: object): string => {
  const { displayName, title } = one as { displayName?: string; title?: string };
  return (displayName ?? title ?? "").slice(0, 255);
};
