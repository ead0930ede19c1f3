import { InlineError, InlineStack, Select, Tag, Text } from "@shopify/polaris";
import { useId } from "react";
import { editor } from "../texts/editor.ts";
import type { Draft } from "./draft.ts";
import { useSuggestions } from "./use-suggestions.ts";

type Props = { label: string; help?: string; error?: string; chosen: readonly Draft[]; onChange: (chosen: Draft[]) => void };

/** Customer segments of the shop, by their names. */
export function SegmentsField({ label, help, error, chosen, onChange }: Props) {
  const id = useId();
  const { found, loading, failed } = useSuggestions("segments", "");
  const left = found.filter((one) => !chosen.some(({ gid }) => gid === one.value));
  const choose = (gid: string) => {
    const segment = found.find((one) => one.value === gid);
    if (segment) onChange([...chosen, { gid, title: segment.label }]);
  };
  const first = loading ? editor.fields.loading : found.length === 0 ? editor.fields.noSegments : editor.fields.segment;
  return (
    <fieldset className="laurel-fieldset laurel-wide" aria-describedby={error ? id : undefined}>
      <legend>{label}</legend>
      <InlineStack gap="200" blockAlign="center">
        {chosen.map((one) => (
          <Tag key={String(one.gid)} onRemove={() => onChange(chosen.filter((other) => other.gid !== one.gid))}>
            {String(one.title || one.gid)}
          </Tag>
        ))}
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
          {failed ? editor.fields.segmentsFailed : help}
        </Text>
      )}
      {error && <InlineError message={error} fieldID={id} />}
    </fieldset>
  );
}
