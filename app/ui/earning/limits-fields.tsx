import { Button, InlineStack, Text } from "@shopify/polaris";
import { PlusIcon } from "@shopify/polaris-icons";
import { limit } from "../../loyalty/earning/limit.ts";
import { type Draft, type Drafted, draftOf, type Errors } from "../form/draft.ts";
import { EditableList } from "../form/editable-list.tsx";
import { SettingFields } from "../form/setting-fields.tsx";
import { editor } from "../texts/editor.ts";

type Props = { draft: Drafted | undefined; errors: Errors; path: string; currency: string; onChange: (limits: Draft[]) => void };

/** The most that one member gets: at most so many points or times, per order, day, month … */
export function LimitsFields({ draft, errors, path, currency, onChange }: Props) {
  const limits = Array.isArray(draft) ? (draft as Draft[]) : [];
  const add = () => onChange([...limits, draftOf(limit, { of: "points", per: "day" }, currency)]);
  return (
    <>
      {limits.length === 0 && (
        <Text as="p" tone="subdued">
          {editor.rule.noLimits}
        </Text>
      )}
      <EditableList
        items={limits}
        nameOf={(_, index) => `${editor.rule.limit} ${index + 1}`}
        onChange={onChange}
        add={
          <InlineStack>
            <Button icon={PlusIcon} onClick={add}>
              {editor.rule.addLimit}
            </Button>
          </InlineStack>
        }
      >
        {(one, put, index) => (
          <SettingFields
            schema={limit}
            draft={one}
            errors={errors}
            currency={currency}
            path={`${path}.${index}`}
            inline
            onChange={(name, value) => put({ ...one, [name]: value })}
          />
        )}
      </EditableList>
    </>
  );
}
