import { BlockStack, Text } from "@shopify/polaris";
import type { Draft, Errors } from "../form/draft.ts";
import { ConditionGroup } from "./condition-group.tsx";

type Props = {
  /** The outermost group. */
  draft: Draft;
  /** The occasion that is looked at; null where it may be any. */
  trigger: string | null;
  errors: Errors;
  path: string;
  currency: string;
  onChange: (draft: Draft) => void;
};

/** Conditions as a sentence that is filled in: "When all of these hold: order amount at least $50, and …". */
export function ConditionBuilder(props: Props) {
  const { errors, path } = props;
  return (
    <BlockStack gap="300">
      {errors[path] && (
        <Text as="p" tone="critical">
          {errors[path]}
        </Text>
      )}
      <ConditionGroup {...props} depth={1} />
    </BlockStack>
  );
}
