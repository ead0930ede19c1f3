import { FormLayout } from "@shopify/polaris";
import type { z } from "zod";
import { belongsIn, type Draft, type Drafted, type Errors, errorUnder, type Setting, settingsOf } from "./draft.ts";
import { SettingField } from "./setting-field.tsx";
import { useThings } from "./things.tsx";

type Props = {
  schema: z.ZodObject;
  draft: Draft;
  errors: Errors;
  currency: string;
  /** Where these settings are in the whole: their errors come under that path. */
  path?: string;
  only?: readonly string[];
  except?: readonly string[];
  /** Beside one another, as far as there is room. */
  inline?: boolean;
  onChange: (name: string, value: Drafted) => void;
};

/** The fields of a schema, as its settings describe themselves. A new kind of rule or reward needs no form of its own. */
export function SettingFields({ schema, draft, errors, currency, path, only, except, inline, onChange }: Props) {
  const { unit: units } = useThings();
  // Where points are the only unit nobody is asked for one.
  const isAsked = (one: Setting) => (one.as !== "unit" || units.length > 1) && !except?.includes(one.name) && belongsIn(draft, one);
  const settings = settingsOf(schema).filter((setting) => (!only || only.includes(setting.name)) && isAsked(setting));
  const fields = settings.map((setting) => {
    const at = path ? `${path}.${setting.name}` : setting.name;
    return (
      <SettingField
        key={setting.name}
        setting={setting}
        value={draft[setting.name]}
        error={errorUnder(errors, at)}
        errors={errors}
        path={at}
        unit={typeof draft.unit === "string" ? draft.unit : "points"}
        currency={currency}
        onChange={(value) => onChange(setting.name, value)}
      />
    );
  });
  return inline ? <div className="laurel-inline">{fields}</div> : <FormLayout>{fields}</FormLayout>;
}
