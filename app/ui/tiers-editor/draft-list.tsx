import { BlockStack, Button, InlineStack, Text } from "@shopify/polaris";
import { PlusIcon } from "@shopify/polaris-icons";
import type { ReactNode } from "react";
import type { Draft, Drafted } from "../form/draft.ts";
import { EditableList } from "../form/editable-list.tsx";

type Props = {
  title: string;
  /** What one of them is called. */
  one: string;
  add: string;
  draft: Drafted | undefined;
  fresh: () => Draft;
  onChange: (list: Draft[]) => void;
  children: (item: Draft, put: (item: Draft) => void, index: number) => ReactNode;
};

/** A list within a tier: ways to reach it, gifts, grants, perks. */
export function DraftList({ title, one, add, draft, fresh, onChange, children }: Props) {
  const items = Array.isArray(draft) ? (draft as Draft[]) : [];
  return (
    <BlockStack gap="200">
      <Text as="h4" variant="headingSm">
        {title}
      </Text>
      <EditableList
        items={items}
        nameOf={(item, index) => String(item.name || `${one} ${index + 1}`)}
        onChange={onChange}
        add={
          <InlineStack>
            <Button icon={PlusIcon} onClick={() => onChange([...items, fresh()])}>
              {add}
            </Button>
          </InlineStack>
        }
      >
        {children}
      </EditableList>
    </BlockStack>
  );
}
