import { BlockStack, Box, Icon, List, Text } from "@shopify/polaris";
import { CheckCircleIcon, XCircleIcon } from "@shopify/polaris-icons";
import type { ToldTest } from "../../loyalty/explain/tell-trace.ts";
import type { EarningRule } from "../../loyalty/program/definition.ts";
import { sayOf } from "../form/use-say.ts";
import { editor } from "../texts/editor.ts";
import { useWords } from "../words.ts";
import { triedWords } from "./tried-words.ts";
import type { Tried } from "./try-rule.ts";

const words = editor.tryIt;

/** What the rule gave for what was imagined, question by question. */
export function TriedRule({ tried, rule, isOrder }: { tried: Tried | undefined; rule: EarningRule | undefined; isOrder: boolean }) {
  return (
    <Box background="bg-surface-secondary" borderRadius="200" padding="300">
      <div aria-live="polite" className="laurel-wrap">
        {!tried || !rule ? (
          <Text as="p" tone="subdued">
            {isOrder ? words.incomplete : words.incompleteEvent}
          </Text>
        ) : "unsettled" in tried ? (
          <BlockStack gap="100">
            <Text as="p" fontWeight="medium">
              {words.unsettled}
            </Text>
            <List>
              {tried.unsettled.map((one) => (
                <List.Item key={one}>{one}</List.Item>
              ))}
            </List>
          </BlockStack>
        ) : (
          <Result tried={tried} rule={rule} />
        )}
      </div>
    </Box>
  );
}

function Result({ tried, rule }: { tried: Exclude<Tried, { unsettled: string[] }>; rule: EarningRule }) {
  const { currency } = useWords();
  const { judgement, definition } = tried;
  const say = sayOf(definition, currency);
  if (judgement.nothing) return <Text as="p">{words.nothing[judgement.nothing] ?? words.nothingElse}</Text>;

  const { heading, tests, parts } = triedWords(tried, rule, say);
  const others = judgement.rules.filter((one) => one.ruleId !== rule.id && one.passed);
  const [first, ...rest] = parts;
  return (
    <BlockStack gap="200">
      <BlockStack gap="100">
        <Heading text={heading ?? first?.heading ?? null} />
        <Tests tests={tests} />
        <Steps steps={first?.steps ?? []} />
      </BlockStack>
      {rest.map((part) => (
        <BlockStack gap="100" key={`${part.heading} ${part.steps.join(" ")}`}>
          <Heading text={part.heading} />
          <Steps steps={part.steps} />
        </BlockStack>
      ))}
      {others.length > 0 && (
        <Text as="p" tone="subdued">
          {words.all(say.points(judgement.due))}
        </Text>
      )}
    </BlockStack>
  );
}

const Heading = ({ text }: { text: string | null }) =>
  text && (
    <Text as="p" variant="headingSm">
      {text}
    </Text>
  );

const Steps = ({ steps }: { steps: readonly string[] }) =>
  steps.map((step) => (
    <Text as="p" key={step}>
      {step}
    </Text>
  ));

function Tests({ tests }: { tests: readonly ToldTest[] }) {
  if (tests.length === 0) return null;
  return (
    <ul className="laurel-tests" aria-label={words.why}>
      {tests.map((test) => (
        <li key={test.condition} className="laurel-test">
          <span>
            <Icon
              source={test.passed ? CheckCircleIcon : XCircleIcon}
              tone={test.passed ? "success" : "critical"}
              accessibilityLabel={test.passed ? words.passed : words.failed}
            />
          </span>
          <span>
            {test.condition}
            <Text as="span" tone="subdued">
              {`: ${test.saw}`}
            </Text>
          </span>
        </li>
      ))}
    </ul>
  );
}
