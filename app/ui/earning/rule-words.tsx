import { Box, Text } from "@shopify/polaris";
import { rivalsOf, ruleSentence } from "../../loyalty/earning/sentence.ts";
import type { Definition } from "../../loyalty/program/definition.ts";
import type { Draft } from "../form/draft.ts";
import { useSay } from "../form/use-say.ts";
import { editor } from "../texts/editor.ts";
import { useWords } from "../words.ts";
import { ruleOf } from "./rule-of.ts";

/** The whole rule as members read it, while it is typed. */
export function RuleWords({ draft, definition }: { draft: Draft; definition: Definition }) {
  const { currency } = useWords();
  const say = useSay(definition);
  const rule = ruleOf(draft, currency);
  const rivals = rule ? rivalsOf(rule, definition.earning).map((one) => one.name) : [];
  return (
    <Box background="bg-surface-secondary" borderRadius="200" padding="300">
      <Text as="h3" variant="bodySm" tone="subdued">
        {editor.conditions.sentence}
      </Text>
      <div aria-live="polite" className="laurel-wrap">
        <Text as="p" fontWeight={rule ? "medium" : undefined} tone={rule ? undefined : "subdued"}>
          {rule ? `${ruleSentence(rule, say, rivals)}.` : editor.conditions.incomplete}
        </Text>
      </div>
    </Box>
  );
}
