import { Icon, Text } from "@shopify/polaris";
import { CheckCircleIcon, MinusCircleIcon, XCircleIcon } from "@shopify/polaris-icons";
import type { ToldLeaf, ToldTree } from "../../loyalty/explain/told-tree.ts";
import { explain as t } from "../texts/explain.ts";

/** The conditions of a rule as they stand in the programme, each with what became of it. */
export function ConditionTree({ tree }: { tree: ToldTree }) {
  if (!("of" in tree))
    return (
      <ul className="laurel-tests">
        <Leaf leaf={tree} />
      </ul>
    );
  if (tree.of.length === 0) return null;
  return (
    <>
      {(tree.of.length > 1 || tree.kind !== "all") && (
        <Text as="p" variant="bodySm" tone="subdued">
          {t.groups[tree.kind]}
        </Text>
      )}
      <ul className="laurel-tests laurel-tree">
        {tree.of.map((one, at) =>
          "of" in one ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: a tree that was judged never moves
            <li key={at}>
              <ConditionTree tree={one} />
            </li>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: a tree that was judged never moves
            <Leaf key={at} leaf={one} />
          ),
        )}
      </ul>
    </>
  );
}

const icons = {
  passed: { source: CheckCircleIcon, tone: "success", label: t.passed },
  failed: { source: XCircleIcon, tone: "critical", label: t.failed },
  "not asked": { source: MinusCircleIcon, tone: "subdued", label: t.notAsked },
} as const;

function Leaf({ leaf: { phrase, found, passed } }: { leaf: ToldLeaf }) {
  const { source, tone, label } = icons[passed === null ? "not asked" : passed ? "passed" : "failed"];
  return (
    <li className="laurel-test">
      <span>
        <Icon source={source} tone={tone} accessibilityLabel={label} />
      </span>
      <span>
        {phrase}
        <Text as="span" tone="subdued">
          {`: ${found ?? t.notAskedText}`}
        </Text>
      </span>
    </li>
  );
}
