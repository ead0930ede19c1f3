import { useMemo } from "react";
import { type Boost, boost as boostSchema } from "../../loyalty/earning/rule.ts";
import { boostSentence } from "../../loyalty/earning/sentence.ts";
import { clockOf } from "../../loyalty/local-time.ts";
import type { Definition } from "../../loyalty/program/definition.ts";
import { ConditionBuilder } from "../conditions/condition-builder.tsx";
import { rooted } from "../conditions/condition-draft.ts";
import { type Draft, draftOf, readDraft } from "../form/draft.ts";
import { EditPage } from "../form/edit-page.tsx";
import { useEditing } from "../form/editing.ts";
import { Section } from "../form/section.tsx";
import { SettingFields } from "../form/setting-fields.tsx";
import { ThingsOf } from "../form/things.tsx";
import { useSay } from "../form/use-say.ts";
import { PreviewCard } from "../items/preview-card.tsx";
import { RemovalDialog, useRemoval } from "../items/removal.tsx";
import { StateBadge, stateOf } from "../items/state-badge.tsx";
import { StatusField } from "../items/status-field.tsx";
import { editor } from "../texts/editor.ts";
import { useWords } from "../words.ts";

export type BoostProps = { boost: Boost | null; version: number; definition: Definition; now: string };

const words = editor.boosts;

/** One boost: by how much, of which rules, under which conditions, and when. */
export function BoostForm({ boost, version, definition, now }: BoostProps) {
  const { currency, timeZone } = useWords();
  const saved = useMemo(
    () =>
      boost
        ? draftOf(boostSchema, { ...boost, when: rooted(boost.when) }, currency)
        : { ...draftOf(boostSchema, { active: true }, currency), id: "new" },
    [boost, currency],
  );
  const editing = useEditing(saved, version);
  const { draft, errors, set } = editing;
  const removal = useRemoval("/app/campaigns");
  const fields = { draft, errors, currency, onChange: set };

  return (
    <ThingsOf definition={definition}>
      <EditPage
        title={boost ? boost.name : words.newTitle}
        back="/app/campaigns"
        editing={editing}
        isNew={boost === null}
        badge={boost ? <StateBadge state={stateOf(boost, clockOf(timeZone)(Date.parse(now)).text)} /> : undefined}
        secondaryActions={boost ? [{ content: words.remove, destructive: true, onAction: removal.ask }] : undefined}
        aside={<BoostPreview draft={draft} definition={definition} />}
      >
        <Section title={words.general}>
          <SettingFields {...fields} schema={boostSchema} only={["name", "times"]} />
        </Section>
        <Section title={words.runs}>
          <SettingFields
            {...fields}
            schema={boostSchema.shape.runs.unwrap()}
            draft={draft.runs as Draft}
            path="runs"
            inline
            onChange={(name, value) => set("runs", { ...(draft.runs as Draft), [name]: value })}
          />
          <StatusField words={words} active={draft.active === true} onChange={(active) => set("active", active)} />
        </Section>
        <Section title={editor.conditions.title} text={editor.conditions.help}>
          <ConditionBuilder
            draft={draft.when as Draft}
            trigger={null}
            errors={errors}
            path="when"
            currency={currency}
            onChange={(value) => set("when", value)}
          />
        </Section>
        {definition.earning.length > 1 && (
          <Section title={editor.rule.which}>
            <SettingFields {...fields} schema={boostSchema} only={["rules"]} />
          </Section>
        )}
        <RemovalDialog removal={removal} words={words} name={String(saved.name)} basedOn={version} />
      </EditPage>
    </ThingsOf>
  );
}

function BoostPreview({ draft, definition }: { draft: Draft; definition: Definition }) {
  const { currency } = useWords();
  const say = useSay(definition);
  const { value } = readDraft(boostSchema, { ...draft, name: draft.name || "–" }, currency);
  const lines = value ? [`${boostSentence(value, say)}.`] : [];
  return <PreviewCard title={words.preview} name={String(draft.name ?? "")} lines={lines} incomplete={words.incomplete} />;
}
