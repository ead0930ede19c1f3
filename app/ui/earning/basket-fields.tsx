import { useAppBridge } from "@shopify/app-bridge-react";
import { BlockStack, Button, InlineStack, Text } from "@shopify/polaris";
import { PlusIcon } from "@shopify/polaris-icons";
import { type Draft, draftOf, type Errors } from "../form/draft.ts";
import { EditableList } from "../form/editable-list.tsx";
import { SettingFields } from "../form/setting-fields.tsx";
import { editor } from "../texts/editor.ts";
import { imaginedItem } from "./imagined.ts";

type Props = { items: readonly Draft[]; errors: Errors; currency: string; onChange: (items: Draft[]) => void };

const words = editor.tryIt;
const details = ["type", "vendor", "tags", "collections", "products", "variants", "sku", "discount", "compareAt", "subscription"] as const;

/** The items of the imagined order. */
export function BasketFields({ items, errors, currency, onChange }: Props) {
  const shopify = useAppBridge();
  const fresh = draftOf(imaginedItem, { quantity: 1 }, currency);
  const addFromShop = async () => {
    const picked = await shopify.resourcePicker({ type: "product", multiple: true, action: "add", filter: { variants: false } });
    if (picked) onChange([...items, ...picked.map((one) => ({ ...fresh, ...itemOf(one) }))]);
  };
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        {words.items}
      </Text>
      <EditableList
        items={items}
        nameOf={(item, index) => (item.title && item.title !== "Item" ? String(item.title) : words.item(index + 1))}
        onChange={onChange}
        add={
          <InlineStack gap="200">
            <Button icon={PlusIcon} onClick={() => onChange([...items, fresh])}>
              {words.addItem}
            </Button>
            <Button variant="plain" onClick={() => void addFromShop()}>
              {words.addFromShop}
            </Button>
          </InlineStack>
        }
      >
        {(item, put, index) => {
          const fields = {
            schema: imaginedItem,
            draft: item,
            errors,
            currency,
            path: `items.${index}`,
            inline: true,
            onChange: (name: string, value: Draft[string]) => put({ ...item, [name]: value }),
          };
          return (
            <BlockStack gap="200">
              {item.title !== "Item" && (
                <Text as="p" fontWeight="medium">
                  {String(item.title)}
                </Text>
              )}
              <SettingFields {...fields} only={["price", "quantity"]} />
              <details className="laurel-details">
                <summary>{words.details}</summary>
                <SettingFields {...fields} only={[...details]} />
              </details>
            </BlockStack>
          );
        }}
      </EditableList>
    </BlockStack>
  );
}

// What the picker tells of a product. Its collections it does not tell.
function itemOf(one: object): Draft {
  const {
    title = "",
    id,
    productType = "",
    vendor = "",
    tags = [],
    variants = [],
  } = one as {
    title?: string;
    id?: string;
    productType?: string;
    vendor?: string;
    tags?: string[];
    variants?: { id?: string; title?: string; sku?: string | null; price?: string | number; compareAtPrice?: string | number | null }[];
  };
  const [variant] = variants;
  return {
    title: title.slice(0, 80) || "Item",
    type: productType,
    vendor,
    tags,
    price: String(variant?.price ?? ""),
    compareAt: String(variant?.compareAtPrice ?? ""),
    sku: variant?.sku ?? "",
    products: id ? [{ gid: id, title }] : [],
    variants: variant?.id ? [{ gid: variant.id, title: variant.title ?? title }] : [],
  };
}
