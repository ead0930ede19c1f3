import { BlockStack, Button, InlineError, InlineStack, Text } from "@shopify/polaris";
import { useId } from "react";
import type { z } from "zod";
import { editor } from "../texts/editor.ts";
import { type Draft, draftOf, type Errors } from "./draft.ts";
import { EditableList } from "./editable-list.tsx";
import { SettingFields } from "./setting-fields.tsx";

type Props = {
  label: string;
  help?: string;
  schema: z.ZodObject;
  rows: readonly Draft[];
  errors: Errors;
  path: string;
  currency: string;
  onChange: (rows: Draft[]) => void;
};

/** A table that the merchant fills, row by row. */
export function RowsField({ label, help, schema, rows, errors, path, currency, onChange }: Props) {
  const id = useId();
  return (
    <fieldset className="laurel-fieldset laurel-wide">
      <legend>{label}</legend>
      <BlockStack gap="200">
        <EditableList
          items={rows}
          nameOf={(_, index) => editor.fields.row(index + 1)}
          onChange={onChange}
          movable
          add={
            <InlineStack>
              <Button onClick={() => onChange([...rows, draftOf(schema, undefined, currency)])}>{editor.fields.addRow}</Button>
            </InlineStack>
          }
        >
          {(row, change, index) => (
            <SettingFields
              schema={schema}
              draft={row}
              errors={errors}
              currency={currency}
              path={`${path}.${index}`}
              inline
              onChange={(name, value) => change({ ...row, [name]: value })}
            />
          )}
        </EditableList>
        {help && (
          <Text as="p" tone="subdued">
            {help}
          </Text>
        )}
        {errors[path] && <InlineError message={errors[path]} fieldID={id} />}
      </BlockStack>
    </fieldset>
  );
}
