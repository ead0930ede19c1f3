import { BlockStack, Select } from "@shopify/polaris";
import type { z } from "zod";
import { editor } from "../texts/editor.ts";
import { type Draft, type Drafted, draftOf, type Errors, kindIn, settingsOf } from "./draft.ts";
import { SettingFields } from "./setting-fields.tsx";

type Props = {
  label: string;
  labelHidden?: boolean;
  help?: string;
  /** Settings of any of these kinds. */
  union: z.ZodDiscriminatedUnion;
  /** What the kinds are called, in the order in which they are offered. */
  labels: Readonly<Record<string, string>>;
  /** Empty where nothing is chosen. */
  draft: Drafted | undefined;
  errors: Errors;
  path: string;
  currency: string;
  /** What it is called when nothing is chosen, where that is allowed. */
  none?: string;
  /** Beside one another: all of it, or the fields below the kind. */
  inline?: boolean | "fields";
  onChange: (draft: Drafted) => void;
};

/** Which kind it is, and the settings of that kind. What two kinds have in common is kept when one becomes the other. */
export function KindFields({ label, labelHidden, help, union, labels, draft, errors, path, currency, none, inline, onChange }: Props) {
  const chosen: Draft = typeof draft === "object" && !Array.isArray(draft) ? draft : {};
  const kind = typeof chosen.kind === "string" ? chosen.kind : "";
  const schema = kindIn(union, kind);
  const options = Object.entries(labels).map(([value, name]) => ({ value, label: name }));
  const choose = (next: string) => {
    const fresh = draftOf(union, { kind: next }, currency);
    onChange(next === "" ? "" : { ...fresh, ...Object.fromEntries(Object.entries(chosen).filter(([name]) => name in fresh)), kind: next });
  };
  const select = (
    <Select
      label={label}
      labelHidden={labelHidden}
      helpText={help}
      options={[...(none ? [{ value: "", label: none }] : kind ? [] : [{ value: "", label: editor.fields.choose }]), ...options]}
      value={kind}
      error={errors[`${path}.kind`]}
      onChange={choose}
    />
  );
  const fields = schema && settingsOf(schema).length > 0 && (
    <SettingFields
      schema={schema}
      draft={chosen}
      errors={errors}
      currency={currency}
      path={path}
      inline={Boolean(inline)}
      onChange={(name, value) => onChange({ ...chosen, [name]: value })}
    />
  );
  return inline === true ? (
    <div className="laurel-inline">
      <div className="laurel-long">{select}</div>
      {fields}
    </div>
  ) : (
    <BlockStack gap="400">
      {select}
      {fields}
    </BlockStack>
  );
}
