import { BlockStack, Text } from "@shopify/polaris";
import type { Draft, Errors } from "../form/draft.ts";
import { SettingFields } from "../form/setting-fields.tsx";
import { editor } from "../texts/editor.ts";
import { canBeAsked, kindNamed } from "./condition-draft.ts";

type Props = {
  draft: Draft;
  trigger: string | null;
  errors: Errors;
  path: string;
  currency: string;
  onChange: (draft: Draft) => void;
};

/** One condition: what it asks, and its own settings. */
export function ConditionFields({ draft, trigger, errors, path, currency, onChange }: Props) {
  const kind = kindNamed(draft.kind);
  const fits = !kind || trigger === null || canBeAsked(kind, trigger);
  return (
    <fieldset data-condition={path} className="laurel-fieldset">
      <legend>
        <Text as="span" fontWeight="semibold">
          {kind?.label ?? String(draft.kind)}
        </Text>
      </legend>
      <BlockStack gap="200">
        {kind && (
          <SettingFields
            schema={kind.settings}
            draft={draft}
            errors={errors}
            currency={currency}
            path={path}
            inline
            onChange={(name, value) => onChange({ ...draft, [name]: value })}
          />
        )}
        {(!fits || errors[`${path}.kind`]) && (
          <Text as="p" tone="critical">
            {fits ? errors[`${path}.kind`] : editor.conditions.notHere}
          </Text>
        )}
      </BlockStack>
    </fieldset>
  );
}
