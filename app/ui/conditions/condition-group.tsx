import { BlockStack, Button, InlineStack, Select, Text } from "@shopify/polaris";
import { useEffect, useRef } from "react";
import { deepest } from "../../loyalty/earning/tree.ts";
import type { Draft, Errors } from "../form/draft.ts";
import { EditableList } from "../form/editable-list.tsx";
import { editor } from "../texts/editor.ts";
import { AddCondition } from "./add-condition.tsx";
import { type Joined, joinedOf, labelOf, listOf, newCondition } from "./condition-draft.ts";
import { ConditionFields } from "./condition-fields.tsx";

type Props = {
  draft: Draft;
  trigger: string | null;
  errors: Errors;
  path: string;
  currency: string;
  depth: number;
  onChange: (draft: Draft) => void;
};

const words = editor.conditions;
const kinds = Object.entries(words.kinds).map(([value, label]) => ({ value, label }));

/** Conditions that are joined by all, any or none, and groups of them within. */
export function ConditionGroup({ draft, trigger, errors, path, currency, depth, onChange }: Props) {
  const joined = joinedOf(draft);
  const list = listOf(draft);
  const group = useRef<HTMLDivElement>(null);
  const added = useRef(false);
  const change = (of: Draft[]) => onChange({ ...draft, of });

  // Whoever adds a condition goes on in it.
  useEffect(() => {
    if (!added.current) return;
    added.current = false;
    const last = group.current?.querySelector(`[data-condition="${path}.of.${list.length - 1}"]`);
    last?.querySelector<HTMLElement>("input, select, button")?.focus();
  });
  const add = (one: Draft) => {
    added.current = true;
    change([...list, one]);
  };

  return (
    <div ref={group} data-condition={path} className={depth > 1 ? "laurel-group" : undefined}>
      <BlockStack gap="200">
        <div className="laurel-clause">
          {depth === 1 && <span>{words.when}</span>}
          <Select
            label={words.joinLabel}
            labelHidden
            options={kinds}
            value={joined}
            onChange={(kind) => onChange({ ...draft, kind: kind as Joined })}
          />
          <span>{joined === "none" ? words.holdNone : words.hold}</span>
        </div>
        {list.length === 0 && (
          <Text as="p" tone="subdued">
            {words.empty}
          </Text>
        )}
        <EditableList items={list} nameOf={labelOf} onChange={change} between={words.joined[joined]}>
          {(one, put, index) => {
            const at = `${path}.of.${index}`;
            const common = { draft: one, trigger, errors, path: at, currency, onChange: put };
            return Array.isArray(one.of) ? <ConditionGroup {...common} depth={depth + 1} /> : <ConditionFields {...common} />;
          }}
        </EditableList>
        <InlineStack gap="200" blockAlign="start">
          <AddCondition trigger={trigger} onAdd={(name) => add(newCondition(name, currency))} />
          {depth < deepest - 1 && <Button onClick={() => add({ kind: "any", of: [] })}>{words.addGroup}</Button>}
        </InlineStack>
      </BlockStack>
    </div>
  );
}
