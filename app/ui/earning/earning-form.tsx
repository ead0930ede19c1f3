import { useMemo } from "react";
import { clockOf } from "../../loyalty/local-time.ts";
import { type Definition, type EarningRule, earningRule } from "../../loyalty/program/definition.ts";
import { fieldOf } from "../../loyalty/program/schema-at.ts";
import { ConditionBuilder } from "../conditions/condition-builder.tsx";
import { rooted } from "../conditions/condition-draft.ts";
import { type Draft, draftOf } from "../form/draft.ts";
import { EditPage } from "../form/edit-page.tsx";
import { useEditing } from "../form/editing.ts";
import { KindFields } from "../form/kind-fields.tsx";
import { Section } from "../form/section.tsx";
import { SettingFields } from "../form/setting-fields.tsx";
import { SuggestedField } from "../form/suggested-field.tsx";
import { groupsOf, ThingsOf } from "../form/things.tsx";
import { RemovalDialog, useRemoval } from "../items/removal.tsx";
import { StateBadge, stateOf } from "../items/state-badge.tsx";
import { StatusField } from "../items/status-field.tsx";
import { editor } from "../texts/editor.ts";
import { en as t } from "../texts/en.ts";
import { useWords } from "../words.ts";
import { LimitsFields } from "./limits-fields.tsx";
import { awardUnion, onUnion, rewardingFor, unfilledRule } from "./rule-draft.ts";
import { RuleWords } from "./rule-words.tsx";
import { WhatIf } from "./what-if.tsx";

export type EarningProps = { rule: EarningRule | null; version: number; definition: Definition; now: string };

const { label, help } = fieldOf(earningRule.shape.group);
const limits = fieldOf(earningRule.shape.limits);
const groupWords = { label: label ?? "", help };

/** One earning rule: on what occasion, under which conditions, what it gives, how often and when. */
export function EarningForm({ rule, version, definition, now }: EarningProps) {
  const { currency, timeZone } = useWords();
  const saved = useMemo(
    () => (rule ? draftOf(earningRule, { ...rule, when: rooted(rule.when) }, currency) : unfilledRule(currency)),
    [rule, currency],
  );
  const editing = useEditing(saved, version);
  const { draft, errors, set } = editing;
  const removal = useRemoval("/app/earning");
  const trigger = String((draft.on as Draft).kind);
  const fields = { draft, errors, currency, onChange: set };
  const isOrder = trigger === "order";

  return (
    <ThingsOf definition={definition}>
      <EditPage
        title={rule ? rule.name : t.earning.newTitle}
        back="/app/earning"
        editing={editing}
        isNew={rule === null}
        badge={rule ? <StateBadge state={stateOf(rule, clockOf(timeZone)(Date.parse(now)).text)} /> : undefined}
        secondaryActions={rule ? [{ content: t.earning.remove, destructive: true, onAction: removal.ask }] : undefined}
        aside={<WhatIf draft={draft} definition={definition} now={now} />}
      >
        <Section title={t.earning.general}>
          <SettingFields {...fields} schema={earningRule} only={["name"]} />
          <KindFields
            label={editor.rule.on}
            union={onUnion}
            labels={editor.rule.triggers}
            draft={draft.on}
            errors={errors}
            path="on"
            currency={currency}
            onChange={(value) => set("on", value)}
          />
        </Section>
        <Section title={t.earning.kindTitle}>
          <KindFields
            label={t.earning.kindTitle}
            labelHidden
            inline="fields"
            union={awardUnion}
            labels={rewardingFor(trigger)}
            draft={draft.award}
            errors={errors}
            path="award"
            currency={currency}
            onChange={(value) => set("award", value)}
          />
          {(isOrder || draft.minimum !== "") && <SettingFields {...fields} schema={earningRule} only={["minimum"]} />}
        </Section>
        <Section title={editor.conditions.title} text={editor.conditions.help}>
          <ConditionBuilder
            draft={draft.when as Draft}
            trigger={trigger}
            errors={errors}
            path="when"
            currency={currency}
            onChange={(value) => set("when", value)}
          />
          <RuleWords draft={draft} definition={definition} />
        </Section>
        <Section title={limits.label ?? ""} text={limits.help}>
          <LimitsFields draft={draft.limits} errors={errors} path="limits" currency={currency} onChange={(value) => set("limits", value)} />
        </Section>
        <Section title={editor.rule.runs}>
          <SettingFields
            {...fields}
            schema={earningRule.shape.runs.unwrap()}
            draft={draft.runs as Draft}
            path="runs"
            inline
            onChange={(name, value) => set("runs", { ...(draft.runs as Draft), [name]: value })}
          />
          <StatusField words={t.earning} active={draft.active === true} onChange={(active) => set("active", active)} />
        </Section>
        <Section title={editor.rule.more}>
          <SuggestedField
            {...groupWords}
            value={String(draft.group)}
            error={errors.group}
            options={groupsOf(definition).map((one) => ({ value: one, label: one }))}
            onChange={(value) => set("group", value)}
          />
          <SettingFields {...fields} schema={earningRule} only={["budget", "judgesAgain", "boosted"]} />
        </Section>
        <RemovalDialog removal={removal} words={t.earning} name={String(saved.name)} basedOn={version} />
      </EditPage>
    </ThingsOf>
  );
}
