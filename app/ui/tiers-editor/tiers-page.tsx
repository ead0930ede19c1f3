import { BlockStack, Button, InlineStack } from "@shopify/polaris";
import { PlusIcon } from "@shopify/polaris-icons";
import { useEffect, useMemo, useState } from "react";
import type { Definition } from "../../loyalty/program/definition.ts";
import { ladder } from "../../loyalty/tiers/ladder.ts";
import { type Draft, draftOf } from "../form/draft.ts";
import { EditPage } from "../form/edit-page.tsx";
import { EditableList } from "../form/editable-list.tsx";
import { useEditing } from "../form/editing.ts";
import { KindFields } from "../form/kind-fields.tsx";
import { Section } from "../form/section.tsx";
import { SettingFields } from "../form/setting-fields.tsx";
import { ThingsOf } from "../form/things.tsx";
import { useSay } from "../form/use-say.ts";
import { NothingYet } from "../frame/nothing-yet.tsx";
import { RemovalDialog, useRemoval } from "../items/removal.tsx";
import { editor } from "../texts/editor.ts";
import { useWords } from "../words.ts";
import { LadderCard } from "./ladder-card.tsx";
import { LevelCard } from "./level-card.tsx";
import { namedLadder } from "./read-ladder.ts";
import { schemas } from "./schemas.ts";

export type TiersProps = { version: number; definition: Definition };

const words = editor.tiers;

/** The ladder of tiers: its rungs from the lowest to the highest, and how what members do is counted. */
export function TiersPage({ version, definition }: TiersProps) {
  const { currency } = useWords();
  const say = useSay(definition);
  const { tiers } = definition;
  const saved = useMemo(() => (tiers ? draftOf(ladder, tiers, currency) : {}), [tiers, currency]);
  const editing = useEditing(saved, version, (typed) =>
    typed.levels ? namedLadder(typed, tiers?.levels.map((one) => one.id) ?? []) : typed,
  );
  const { draft, errors, set } = editing;
  // A new tier stands open until it is saved; by then it has an id.
  const [fresh, setFresh] = useState<{ at: number; before: string[] }>();
  useEffect(() => {
    if (!editing.dirty) setFresh(undefined);
  }, [editing.dirty]);
  const removal = useRemoval("/app/tiers");
  const levels = Array.isArray(draft.levels) ? (draft.levels as Draft[]) : [];
  const kinds = { errors, currency, inline: true };

  const begin = () => {
    const first = draftOf(ladder, { levels: [{ id: "", name: words.first }] }, currency);
    for (const [name, value] of Object.entries(first)) set(name, value);
    setFresh({ at: 0, before: [] });
  };
  const add = () => {
    setFresh({ at: levels.length, before: levels.map((level) => String(level.id ?? "")).filter(Boolean) });
    set("levels", [...levels, draftOf(schemas.level, { reach: [{ kind: "spend" }] }, currency)]);
  };
  if (levels.length === 0 && !editing.dirty)
    return (
      <EditPage title={words.title} editing={editing}>
        <Section title={words.ladder}>
          <NothingYet title={words.none.title} text={words.none.text} />
          <InlineStack align="center">
            <Button variant="primary" onClick={begin}>
              {words.none.action}
            </Button>
          </InlineStack>
        </Section>
      </EditPage>
    );

  return (
    <ThingsOf definition={definition}>
      <EditPage
        title={words.title}
        editing={editing}
        secondaryActions={tiers ? [{ content: words.remove, destructive: true, onAction: removal.ask }] : undefined}
        aside={<LadderCard levels={levels} currency={currency} say={say} />}
      >
        <Section title={words.levels} text={words.levelsHelp}>
          <EditableList
            items={levels}
            nameOf={(level) => String(level.name) || words.new}
            onChange={(list) => set("levels", list)}
            movable
            add={
              <InlineStack>
                <Button icon={PlusIcon} onClick={add}>
                  {words.add}
                </Button>
              </InlineStack>
            }
          >
            {(level, put, index) => (
              <LevelCard
                draft={level}
                index={index}
                errors={errors}
                path={`levels.${index}`}
                currency={currency}
                say={say}
                opened={index === fresh?.at && !fresh.before.includes(String(level.id))}
                onChange={put}
              />
            )}
          </EditableList>
        </Section>
        <Section title={words.counting}>
          <BlockStack gap="400">
            <KindFields
              {...kinds}
              label={words.window}
              union={schemas.window}
              labels={editor.kinds.window}
              draft={draft.window}
              path="window"
              onChange={(value) => set("window", value)}
            />
            <KindFields
              {...kinds}
              label={words.term}
              union={schemas.term}
              labels={editor.kinds.term}
              draft={draft.term}
              path="term"
              onChange={(value) => set("term", value)}
            />
            <SettingFields schema={ladder} draft={draft} errors={errors} currency={currency} onChange={set} />
          </BlockStack>
        </Section>
        <RemovalDialog removal={removal} words={words} name="" basedOn={version} />
      </EditPage>
    </ThingsOf>
  );
}
