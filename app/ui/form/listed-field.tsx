import { InlineError, InlineStack, Select, Text } from "@shopify/polaris";
import { useId } from "react";
import { editor } from "../texts/editor.ts";
import { ChosenTags } from "./chosen-tags.tsx";
import type { Draft } from "./draft.ts";
import { useSuggestions } from "./use-suggestions.ts";

type Props = {
  label: string;
  help?: string;
  error?: string;
  what: keyof typeof editor.fields.listed;
  chosen: readonly Draft[];
  onChange: (chosen: Draft[]) => void;
};

/** What Shopify lists of the shop, such as customer segments, by their names. */
export function ListedField({ label, help, error, what, chosen, onChange }: Props) {
  const id = useId();
  const words = editor.fields.listed[what];
  const { found, loading, failed } = useSuggestions(what, "");
  const left = found.filter((one) => !chosen.some(({ gid }) => gid === one.value));
  const choose = (gid: string) => {
    const one = found.find(({ value }) => value === gid);
    if (one) onChange([...chosen, { gid, title: one.label }]);
  };
  const titleOf = ({ gid, title }: Draft): string =>
    String(title || found.find((one) => one.value === gid)?.label || words.nameless(String(gid).split("/").at(-1) ?? ""));
  const first = loading ? editor.fields.loading : found.length === 0 ? words.none : words.choose;
  return (
    <fieldset className="laurel-fieldset laurel-wide" aria-describedby={error ? id : undefined}>
      <legend>{label}</legend>
      <InlineStack gap="200" blockAlign="center">
        <ChosenTags chosen={chosen} titleOf={titleOf} onChange={onChange} />
        <Select
          label={label}
          labelHidden
          options={[{ value: "", label: first }, ...left]}
          value=""
          onChange={choose}
          disabled={left.length === 0}
        />
      </InlineStack>
      {(failed || help) && (
        <Text as="p" tone={failed ? "caution" : "subdued"}>
          {failed ? words.failed : help}
        </Text>
      )}
      {error && <InlineError message={error} fieldID={id} />}
    </fieldset>
  );
}
