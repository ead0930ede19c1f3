import { Combobox, InlineError, InlineStack, Listbox, Tag, Text } from "@shopify/polaris";
import { useId, useState } from "react";
import { editor } from "../texts/editor.ts";
import { type Suggest, useSuggestions } from "./use-suggestions.ts";

// Enter may come before the list has heard of the last letter: whatever stands in the field then is meant.
const asTyped = "\u0000";

type Props = {
  label: string;
  help?: string;
  error?: string;
  texts: readonly string[];
  suggest?: Suggest;
  onChange: (texts: string[]) => void;
};

/** One or more texts, such as tags. What the shop has is proposed; anything else can be typed. */
export function TextsField({ label, help, error, texts, suggest, onChange }: Props) {
  const id = useId();
  const [typed, setTyped] = useState("");
  const text = typed.trim();
  const { found } = useSuggestions(suggest, text);
  const has = (one: string) => texts.some((known) => known.toLowerCase() === one.toLowerCase());
  const proposed = found.filter((one) => !has(one.value) && one.value.toLowerCase() !== text.toLowerCase()).slice(0, 20);

  const add = (one: string) => {
    const all = [...texts];
    const known = new Set(all.map((text) => text.toLowerCase()));
    // Several may be pasted at once.
    for (const part of one.split(",").map((text) => text.trim())) {
      if (!part || known.has(part.toLowerCase())) continue;
      known.add(part.toLowerCase());
      all.push(part);
    }
    onChange(all);
    setTyped("");
  };
  const finish = () => {
    if (text) add(text);
  };

  return (
    <fieldset className="laurel-fieldset laurel-wide" aria-describedby={error ? id : undefined}>
      <legend>{label}</legend>
      {texts.length > 0 && (
        <InlineStack gap="200">
          {texts.map((one) => (
            <Tag key={one} onRemove={() => onChange(texts.filter((other) => other !== one))}>
              {one}
            </Tag>
          ))}
        </InlineStack>
      )}
      <Combobox
        activator={
          <Combobox.TextField
            label={label}
            labelHidden
            value={typed}
            onChange={setTyped}
            onBlur={finish}
            placeholder={editor.fields.typeAndEnter}
            autoComplete="off"
          />
        }
      >
        {text || proposed.length > 0 ? (
          <Listbox onSelect={(chosen) => add(chosen === asTyped ? text : chosen)}>
            {text && !has(text) ? <Listbox.Action value={asTyped}>{editor.fields.typed(text)}</Listbox.Action> : null}
            {proposed.map((one) => (
              <Listbox.Option key={one.value} value={one.value}>
                {one.label}
              </Listbox.Option>
            ))}
          </Listbox>
        ) : null}
      </Combobox>
      {help && (
        <Text as="p" tone="subdued">
          {help}
        </Text>
      )}
      {error && <InlineError message={error} fieldID={id} />}
    </fieldset>
  );
}
