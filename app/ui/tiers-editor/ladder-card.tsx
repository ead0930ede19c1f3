import { BlockStack, Card, Text } from "@shopify/polaris";
import type { Say } from "../../loyalty/say.ts";
import type { Draft } from "../form/draft.ts";
import { editor } from "../texts/editor.ts";
import { levelOf } from "./level-card.tsx";
import { LevelIcon } from "./level-icon.tsx";
import { givesWords, reachWords } from "./level-words.ts";

/** The ladder as members climb it: the highest on top. */
export function LadderCard({ levels, currency, say }: { levels: readonly Draft[]; currency: string; say: Say }) {
  const rungs = levels.map((draft, index) => ({ draft, index, level: levelOf(draft, currency) })).reverse();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className="laurel-beside" tabIndex={0} aria-label={editor.tiers.ladder}>
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            {editor.tiers.ladder}
          </Text>
          <ol className="laurel-ladder" reversed>
            {rungs.map(({ draft, index, level }) => (
              <li key={index} className="laurel-rung" style={{ marginInlineStart: `${Math.min(index, 6) * 0.5}rem` }}>
                <LevelIcon icon={String(draft.icon)} colour={String(draft.colour)} size={24} />
                <span className="laurel-wrap">
                  <Text as="span" fontWeight="semibold">
                    {String(draft.name) || editor.tiers.new}
                  </Text>
                  {level && (
                    <Text as="p" tone="subdued">
                      {[reachWords(level, index === 0, say), givesWords(level, say)].filter(Boolean).join(" ")}
                    </Text>
                  )}
                </span>
              </li>
            ))}
          </ol>
          <Text as="p" tone="subdued">
            {editor.tiers.notLive}
          </Text>
        </BlockStack>
      </Card>
    </section>
  );
}
