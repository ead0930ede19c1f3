import { Checkbox, InlineError, Text } from "@shopify/polaris";
import { type ReactNode, useId } from "react";
import type { Option } from "../../loyalty/settings.ts";

type Props = {
  label: string;
  help?: string;
  error?: string;
  options: readonly Option[];
  chosen: readonly string[];
  /** What is said where there is nothing to choose from. */
  none?: ReactNode;
  onChange: (chosen: string[]) => void;
};

/** Any number of a few. They stand in their own order, however they were ticked. */
export function ChoicesField({ label, help, error, options, chosen, none, onChange }: Props) {
  const id = useId();
  const gone = chosen.filter((value) => !options.some((one) => one.value === value)).map((value) => ({ value, label: value }));
  const all = [...options, ...gone];
  const toggle = (value: string, on: boolean) =>
    onChange(all.map((one) => one.value).filter((one) => (one === value ? on : chosen.includes(one))));
  return (
    <fieldset className="laurel-fieldset laurel-wide" aria-describedby={error ? id : undefined}>
      <legend>{label}</legend>
      {all.length === 0 && none ? (
        <Text as="p" tone="subdued">
          {none}
        </Text>
      ) : (
        <div className="laurel-choices">
          {all.map((option) => (
            <Checkbox
              key={option.value}
              label={option.label}
              checked={chosen.includes(option.value)}
              onChange={(on) => toggle(option.value, on)}
            />
          ))}
        </div>
      )}
      {help && (
        <Text as="p" tone="subdued">
          {help}
        </Text>
      )}
      {error && <InlineError message={error} fieldID={id} />}
    </fieldset>
  );
}
