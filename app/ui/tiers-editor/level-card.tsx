import { Text } from "@shopify/polaris";
import { useEffect, useRef } from "react";
import type { Say } from "../../loyalty/say.ts";
import { type Tier, tier } from "../../loyalty/tiers/ladder.ts";
import { type Draft, type Errors, errorUnder, readDraft } from "../form/draft.ts";
import { editor } from "../texts/editor.ts";
import { LevelFields } from "./level-fields.tsx";
import { LevelIcon } from "./level-icon.tsx";
import { givesWords, reachWords } from "./level-words.ts";

type Props = {
  draft: Draft;
  index: number;
  errors: Errors;
  path: string;
  currency: string;
  say: Say;
  /** A new one stands open. */
  opened: boolean;
  onChange: (draft: Draft) => void;
};

/** One rung of the ladder: what it is in a line, and all of it when opened. */
export function LevelCard({ draft, index, errors, path, currency, say, opened, onChange }: Props) {
  const box = useRef<HTMLDetailsElement>(null);
  const wrong = errorUnder(errors, path) !== undefined;
  // What has to be put right is not left folded away.
  useEffect(() => {
    if (wrong && box.current) box.current.open = true;
  }, [wrong]);
  const level = levelOf(draft, currency);
  return (
    <details ref={box} className="laurel-level" open={opened || undefined}>
      <summary className="laurel-level-head">
        <LevelIcon icon={String(draft.icon)} colour={String(draft.colour)} />
        <span>
          <Text as="span" variant="headingSm">
            {String(draft.name) || editor.tiers.new}
          </Text>
          <Text as="p" tone="subdued">
            {level ? [reachWords(level, index === 0, say), givesWords(level, say)].filter(Boolean).join(" ") : ""}
          </Text>
        </span>
      </summary>
      <LevelFields draft={draft} errors={errors} path={path} currency={currency} onChange={onChange} />
    </details>
  );
}

/** The tier that a form would make. Names and ids may come last, and what it gives may be half filled in. */
export function levelOf(draft: Draft, currency: string): Tier | undefined {
  const known = { ...draft, id: "new", name: draft.name || "–" };
  const gives = { grants: named(draft.grants), perks: named(draft.perks) };
  const read = (more: object) => readDraft(tier, { ...known, ...more }, currency).value;
  return read(gives) ?? read({ entry: [], grants: [], perks: [] });
}

const named = (list: Draft[string] | undefined): Draft[] =>
  (Array.isArray(list) ? (list as Draft[]) : []).map((one) => ({ ...one, id: one.id || "new" }));
