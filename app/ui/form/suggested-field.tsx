import { Combobox, Listbox } from "@shopify/polaris";
import type { Option } from "../../loyalty/settings.ts";
import { type Suggest, useSuggestions } from "./use-suggestions.ts";

type Props = {
  label: string;
  help?: string;
  error?: string;
  value: string;
  suggest?: Suggest;
  options?: readonly Option[];
  onChange: (value: string) => void;
};

/** One text, with proposals: those that are given, or of what the shop has. Anything else can be typed. */
export function SuggestedField({ label, help, error, value, suggest, options, onChange }: Props) {
  const { found } = useSuggestions(suggest, value);
  const given = options?.filter((one) => one.label.toLowerCase().includes(value.trim().toLowerCase()));
  const proposed = (given ?? found).filter((one) => one.value !== value);
  return (
    <Combobox
      activator={<Combobox.TextField label={label} helpText={help} error={error} value={value} onChange={onChange} autoComplete="off" />}
    >
      {proposed.length > 0 ? (
        <Listbox onSelect={onChange}>
          {proposed.map((one) => (
            <Listbox.Option key={one.value} value={one.value}>
              {one.label}
            </Listbox.Option>
          ))}
        </Listbox>
      ) : null}
    </Combobox>
  );
}
