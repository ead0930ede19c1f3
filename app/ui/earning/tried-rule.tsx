import { BlockStack, Box, Icon, List, Text } from "@shopify/polaris";
import { CheckCircleIcon, XCircleIcon } from "@shopify/polaris-icons";
import { type ToldTest, tellTrace } from "../../loyalty/explain/tell-trace.ts";
import type { EarningRule } from "../../loyalty/program/definition.ts";
import { sayOf } from "../form/use-say.ts";
import { editor } from "../texts/editor.ts";
import { en as t } from "../texts/en.ts";
import { useWords } from "../words.ts";
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
  const { judgement, definition, amount } = tried;
  const say = sayOf(definition, currency);
  if (judgement.nothing) return <Text as="p">{words.nothing[judgement.nothing] ?? words.nothingElse}</Text>;

  const mine = judgement.rules.filter((one) => one.ruleId === rule.id);
  const around = { ...judgement, boosts: definition.policies.boosts };
  const told = mine.map((trace) => tellTrace(trace, rule, say, around));
  const others = judgement.rules.filter((one) => one.ruleId !== rule.id && one.passed);
  const given = mine.filter((one) => one.points > 0).map((one) => say.amount(one.points, one.unit));
  const gifts = (judgement.gifts ?? []).filter((one) => one.ruleId === rule.id);
  const isOrder = judgement.trigger === "order";
  return (
    <BlockStack gap="200">
      {given.length > 0 && isOrder && (
        <Text as="p" variant="headingSm">
          {t.earning.example(say.money(amount), given.join(" + "))}
        </Text>
      )}
      {told.map((one, index) => (
        <BlockStack gap="100" key={`${mine[index]?.unit}`}>
          {(given.length === 0 || !isOrder) && (
            <Text as="p" variant="headingSm">
              {one.sentence}
            </Text>
          )}
          {index === 0 && <Tests tests={one.tests} />}
          {one.steps.map((step) => (
            <Text as="p" key={step}>
              {step}
            </Text>
          ))}
        </BlockStack>
      ))}
      {gifts.map((gift) => (
        <Text as="p" key={JSON.stringify(gift)}>
          {words.gift(
            gift.kind === "reward"
              ? say.nameOf("reward", gift.rewardId)
              : gift.kind === "badge"
                ? say.nameOf("badge", gift.badgeId)
                : say.nameOf("tier", gift.tierId),
          )}
        </Text>
      ))}
      {others.length > 0 && (
        <Text as="p" tone="subdued">
          {words.all(say.points(judgement.due))}
        </Text>
      )}
    </BlockStack>
  );
}

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
