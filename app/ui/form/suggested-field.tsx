import { Combobox, Listbox } from "@shopify/polaris";
import { type Suggest, useSuggestions } from "./use-suggestions.ts";

type Props = { label: string; help?: string; error?: string; value: string; suggest: Suggest; onChange: (value: string) => void };

/** One text, with proposals of what the shop has. Anything else can be typed. */
export function SuggestedField({ label, help, error, value, suggest, onChange }: Props) {
  const { found } = useSuggestions(suggest, value);
  const proposed = found.filter((one) => one.value !== value);
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
