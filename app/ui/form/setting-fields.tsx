import { Checkbox, FormLayout, TextField } from "@shopify/polaris";
import type { z } from "zod";
import { en as t } from "../texts/en.ts";
import { useWords } from "../words.ts";
import { type Draft, type Errors, type Setting, settingsOf } from "./draft.ts";
import { MoneyField } from "./money-field.tsx";

type Props = {
  schema: z.ZodObject;
  draft: Draft;
  errors: Errors;
  currency: string;
  /** Where these settings are in the whole: their errors come under that path. */
  path?: string;
  only?: readonly string[];
  onChange: (name: string, value: string | boolean) => void;
};

/** The fields of a schema, as its settings describe themselves. A new kind of rule or reward needs no form of its own. */
export function SettingFields({ schema, draft, errors, currency, path, only, onChange }: Props) {
  const settings = settingsOf(schema).filter((setting) => !only || only.includes(setting.name));
  return (
    <FormLayout>
      {settings.map((setting) => (
        <SettingField
          key={setting.name}
          setting={setting}
          value={draft[setting.name]}
          error={errors[path ? `${path}.${setting.name}` : setting.name]}
          currency={currency}
          onChange={(value) => onChange(setting.name, value)}
        />
      ))}
    </FormLayout>
  );
}

type FieldProps = {
  setting: Setting;
  value: Draft[string] | undefined;
  error: string | undefined;
  currency: string;
  onChange: (value: string | boolean) => void;
};

function SettingField({ setting, value, error, currency, onChange }: FieldProps) {
  const { label, help, as, optional } = setting;
  const { say } = useWords();
  if (as === "yes or no") return <Checkbox label={label} helpText={help} checked={value === true} error={error} onChange={onChange} />;
  const text = typeof value === "string" ? value : "";
  if (as === "money") return <MoneyField label={label} help={help} value={text} currency={currency} error={error} onChange={onChange} />;
  return (
    <TextField
      label={label}
      helpText={help}
      value={text}
      error={error}
      onChange={onChange}
      inputMode={as === "text" ? "text" : "numeric"}
      suffix={as === "points" ? say.pointsName.other : as === "days" ? t.form.days : undefined}
      placeholder={optional && as === "days" ? t.form.never : undefined}
      autoComplete="off"
    />
  );
}
