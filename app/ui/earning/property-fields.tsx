import { BlockStack, Button, InlineStack, Text } from "@shopify/polaris";
import { PlusIcon } from "@shopify/polaris-icons";
import { type Draft, draftOf, type Errors } from "../form/draft.ts";
import { EditableList } from "../form/editable-list.tsx";
import { SettingFields } from "../form/setting-fields.tsx";
import { editor } from "../texts/editor.ts";
import { imaginedProperty } from "./imagined.ts";

type Props = { properties: readonly Draft[]; errors: Errors; currency: string; onChange: (properties: Draft[]) => void };

/** What the imagined event says of itself. */
export function PropertyFields({ properties, errors, currency, onChange }: Props) {
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        {editor.tryIt.properties}
      </Text>
      <EditableList
        items={properties}
        nameOf={(one, index) => String(one.name || editor.fields.row(index + 1))}
        onChange={onChange}
        add={
          <InlineStack>
            <Button icon={PlusIcon} onClick={() => onChange([...properties, draftOf(imaginedProperty, {}, currency)])}>
              {editor.fields.add}
            </Button>
          </InlineStack>
        }
      >
        {(one, put, index) => (
          <SettingFields
            schema={imaginedProperty}
            draft={one}
            errors={errors}
            currency={currency}
            path={`properties.${index}`}
            inline
            onChange={(name, value) => put({ ...one, [name]: value })}
          />
        )}
      </EditableList>
    </BlockStack>
  );
}
