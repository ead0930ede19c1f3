import { BlockStack, Checkbox } from "@shopify/polaris";
import type { z } from "zod";
import { draftOf } from "./draft.ts";
import type { FieldProps } from "./setting-field.tsx";
import { SettingFields } from "./setting-fields.tsx";

/** Settings that belong together. Where they may be left out a tick says whether they are there. */
export function GroupField({ setting, value, errors, path, currency, onChange }: FieldProps) {
  const schema = setting.schema as z.ZodObject;
  const draft = typeof value === "object" && !Array.isArray(value) ? value : undefined;
  const fields = draft && (
    <SettingFields
      schema={schema}
      draft={draft}
      errors={errors}
      currency={currency}
      path={path}
      inline
      onChange={(name, one) => onChange({ ...draft, [name]: one })}
    />
  );
  return (
    <fieldset className="laurel-fieldset laurel-wide">
      <legend className={setting.optional ? "laurel-unseen" : undefined}>{setting.label}</legend>
      <BlockStack gap="200">
        {setting.optional && (
          <Checkbox
            label={setting.label}
            helpText={setting.help}
            checked={draft !== undefined}
            onChange={(on) => onChange(on ? draftOf(schema, undefined, currency) : "")}
          />
        )}
        {fields}
      </BlockStack>
    </fieldset>
  );
}
