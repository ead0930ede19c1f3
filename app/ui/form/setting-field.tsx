import { Checkbox, Select, TextField } from "@shopify/polaris";
import { z } from "zod";
import { editor } from "../texts/editor.ts";
import { en as t } from "../texts/en.ts";
import { useWords } from "../words.ts";
import { ChoicesField } from "./choices-field.tsx";
import type { As, Draft, Drafted, Errors, Setting } from "./draft.ts";
import { GroupField } from "./group-field.tsx";
import { ListedField } from "./listed-field.tsx";
import { MoneyField } from "./money-field.tsx";
import { NoneYet } from "./none-yet.tsx";
import { ResourcesField } from "./resources-field.tsx";
import { RowsField } from "./rows-field.tsx";
import { SuggestedField } from "./suggested-field.tsx";
import { TextsField } from "./texts-field.tsx";
import { useThings } from "./things.tsx";

export type FieldProps = {
  setting: Setting;
  value: Drafted | undefined;
  error: string | undefined;
  /** Of everything below it, by path: for a field that is a table. */
  errors: Errors;
  path: string;
  /** What its number counts, where it says points. */
  unit: string;
  currency: string;
  onChange: (value: Drafted) => void;
};

/** One setting, drawn as it says it wants to be. */
export function SettingField(props: FieldProps) {
  const { setting, value, error, currency, onChange } = props;
  const { label, help, as } = setting;
  const things = useThings();
  const list = Array.isArray(value) ? value : [];
  const texts = list.filter((one): one is string => typeof one === "string");
  const drafts = list.filter((one): one is Draft => typeof one === "object" && !Array.isArray(one));
  const common = { label, help, error };

  switch (as) {
    case "yes or no":
      return <Checkbox label={label} helpText={help} checked={value === true} error={error} onChange={onChange} />;
    case "text":
      // Nobody but this programme knows what events it waits for.
      if (setting.suggest === "events")
        return <SuggestedField {...common} value={textOf(value)} options={things.event} onChange={onChange} />;
      if (setting.suggest) return <SuggestedField {...common} value={textOf(value)} suggest={setting.suggest} onChange={onChange} />;
      return <Typed {...props} />;
    case "money":
      return <MoneyField {...common} value={textOf(value)} currency={currency} onChange={onChange} />;
    case "choice":
    case "tier":
    case "reward":
    case "unit":
    case "badge":
      return <OneOf {...props} options={as === "choice" ? (setting.options ?? []) : things[as]} />;
    case "choices":
    case "tiers":
    case "rules":
      return (
        <ChoicesField
          {...common}
          options={as === "tiers" ? things.tier : as === "rules" ? things.rule : (setting.options ?? [])}
          chosen={texts}
          none={as === "tiers" ? <NoneYet what="tier" /> : undefined}
          onChange={onChange}
        />
      );
    case "texts":
      return <TextsField {...common} texts={texts} suggest={setting.suggest} onChange={onChange} />;
    case "products":
    case "variants":
    case "collections":
      return <ResourcesField {...common} as={as} chosen={drafts} onChange={onChange} />;
    case "segments":
      return <ListedField {...common} what="segments" chosen={drafts} onChange={onChange} />;
    case "rows":
      return (
        <RowsField
          {...common}
          schema={(setting.schema as z.ZodArray<z.ZodObject>).element}
          rows={drafts}
          errors={props.errors}
          path={props.path}
          currency={currency}
          onChange={onChange}
        />
      );
    case "group":
      return <GroupField {...props} />;
    default:
      return <Typed {...props} />;
  }
}

const textOf = (value: Drafted | undefined): string => (typeof value === "string" ? value : "");

const inputs: Partial<Record<As, "date" | "datetime-local" | "time">> = {
  day: "date",
  "local time": "datetime-local",
  "time of day": "time",
};

function Typed({ setting, value, error, unit, onChange }: FieldProps) {
  const { label, help, as } = setting;
  const { say, timeZone } = useWords();
  const { unit: units } = useThings();
  const suffixes: Partial<Record<As, string>> = {
    // The programme that is edited may call its points otherwise than the one in force.
    points: units.find((one) => one.value === unit)?.label ?? (unit === "points" ? say.pointsName.other : unit),
    days: t.form.days,
    percent: "%",
  };
  const zone = as === "local time" || as === "time of day" || as === "day" ? editor.fields.zone(timeZone) : undefined;
  const field = (
    <TextField
      label={label}
      helpText={[help, zone].filter(Boolean).join(" ") || undefined}
      value={textOf(value)}
      error={error}
      onChange={onChange}
      type={inputs[as] ?? "text"}
      multiline={isLong(setting) ? 3 : undefined}
      inputMode={as === "text" ? "text" : as === "percent" ? "decimal" : zone ? undefined : "numeric"}
      suffix={suffixes[as]}
      autoComplete="off"
    />
  );
  return as === "local time" ? <div className="laurel-long">{field}</div> : field;
}

// What may be longer than a line gets more than one.
const isLong = ({ schema }: Setting): boolean => schema instanceof z.ZodString && (schema.maxLength ?? 0) > 255;

function OneOf({ setting, value, error, options, onChange }: FieldProps & { options: readonly { value: string; label: string }[] }) {
  const { label, help, optional, as } = setting;
  const chosen = textOf(value);
  const isKnown = options.some((one) => one.value === chosen);
  const none = as === "tier" || as === "reward" || as === "badge" ? <NoneYet what={as} /> : undefined;
  const all = [
    ...(optional ? [{ value: "", label: editor.fields.none }] : isKnown ? [] : [{ value: "", label: editor.fields.choose }]),
    ...options,
    // What is named but gone stays visible, so that it can be seen and changed.
    ...(chosen && !isKnown ? [{ value: chosen, label: chosen }] : []),
  ];
  return (
    <Select
      label={label}
      helpText={options.length === 0 ? none : help}
      options={all}
      value={chosen}
      error={error}
      onChange={onChange}
      disabled={options.length === 0 && !chosen && !none}
    />
  );
}
