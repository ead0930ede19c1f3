import { BlockStack, Select } from "@shopify/polaris";
import type { z } from "zod";
import { editor } from "../texts/editor.ts";
import { type Draft, type Drafted, draftOf, type Errors, errorUnder, kindIn, settingsOf } from "./draft.ts";
import { SettingFields } from "./setting-fields.tsx";

type Props = {
  label: string;
  labelHidden?: boolean;
  help?: string;
  /** Settings of any of these kinds. */
  union: z.ZodDiscriminatedUnion;
  /** What the kinds are called, in the order in which they are offered. One that no longer fits is not among them. */
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
  // A list that does not have what is chosen would show its first line as if that were it.
  const isOffered = Object.hasOwn(labels, kind);
  const schema = isOffered ? kindIn(union, kind) : undefined;
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
      options={[...(none ? [{ value: "", label: none }] : isOffered ? [] : [{ value: "", label: editor.fields.choose }]), ...options]}
      value={isOffered ? kind : ""}
      error={errors[`${path}.kind`] ?? (!isOffered && errorUnder(errors, path) ? editor.fields.chooseOne : undefined)}
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
