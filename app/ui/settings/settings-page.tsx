import { BlockStack, Button, Card, Text } from "@shopify/polaris";
import type { z } from "zod";
import type { Definition } from "../../loyalty/program/definition.ts";
import { bare, fieldOf } from "../../loyalty/program/schema-at.ts";
import { settingsForm } from "../../loyalty/program/settings-form.ts";
import { LimitsFields } from "../earning/limits-fields.tsx";
import { type Draft, draftOf } from "../form/draft.ts";
import { EditPage } from "../form/edit-page.tsx";
import { useEditing } from "../form/editing.ts";
import { KindFields } from "../form/kind-fields.tsx";
import { Section } from "../form/section.tsx";
import { SettingFields } from "../form/setting-fields.tsx";
import { editor } from "../texts/editor.ts";
import { en as t } from "../texts/en.ts";
import { languages } from "../texts/languages.ts";
import { useWords } from "../words.ts";
import { MirrorCard } from "./mirror-card.tsx";

type Props = { settings: Pick<Definition, "points" | "policies">; version: number };

const expiry = bare(settingsForm.shape.policies.shape.expiry) as z.ZodDiscriminatedUnion;

const limits = fieldOf(settingsForm.shape.policies.shape.limits);

const groups = [
  { title: "earning", only: ["holdDays", "rounding", "boosts", "shippingEarns", "giftCardsEarn", "tipsEarn"] },
  { title: "redeeming", only: ["codeDays", "graceDays", "unusedComesBack"] },
  { title: "excluded", only: ["excludedProducts", "excludedCollections", "excludedProductTags"] },
  { title: "who", only: ["excludeTag"] },
] as const;

/** The names, the policies, and the doors to what is seldom looked at. */
export function SettingsPage({ settings, version }: Props) {
  const { currency } = useWords();
  const editing = useEditing(draftOf(settingsForm, settings, currency), version);
  const { draft, errors, set } = editing;
  const points = draft.points as Draft;
  const policies = draft.policies as Draft;
  return (
    <EditPage title={t.settings.title} editing={editing} aside={<Aside />}>
      <Section title={t.settings.names} text={t.settings.namesHelp}>
        <SettingFields
          schema={settingsForm.shape.points}
          draft={points}
          errors={errors}
          currency={currency}
          path="points"
          onChange={(name, value) => set("points", { ...points, [name]: value })}
        />
      </Section>
      {groups.map(({ title, only }) => (
        <Section key={title} title={t.settings[title]} text={title === "excluded" ? t.settings.excludedHelp : undefined}>
          <SettingFields
            schema={settingsForm.shape.policies}
            only={only}
            draft={policies}
            errors={errors}
            currency={currency}
            path="policies"
            onChange={(name, value) => set("policies", { ...policies, [name]: value })}
          />
        </Section>
      ))}
      <Section title={t.settings.expiry}>
        <KindFields
          label={t.settings.expiry}
          labelHidden
          union={expiry}
          labels={editor.kinds.expiry}
          draft={policies.expiry}
          errors={errors}
          path="policies.expiry"
          currency={currency}
          onChange={(value) => set("policies", { ...policies, expiry: value })}
        />
      </Section>
      <Section title={limits.label ?? ""} text={limits.help}>
        <LimitsFields
          draft={policies.limits}
          errors={errors}
          path="policies.limits"
          currency={currency}
          onChange={(value) => set("policies", { ...policies, limits: value })}
        />
      </Section>
    </EditPage>
  );
}

function Aside() {
  return (
    <BlockStack gap="400">
      <MirrorCard />
      <Doors />
    </BlockStack>
  );
}

function Doors() {
  const words = t.settings;
  const doors = [
    { title: editor.units.title, text: editor.units.text, action: editor.units.action, url: "/app/settings/units" },
    { title: languages.title, text: languages.text, action: languages.action, url: "/app/settings/languages" },
    { title: words.imports, text: words.importsText, action: words.importsAction, url: "/app/settings/imports" },
    { title: words.history, text: words.historyText, action: words.historyAction, url: "/app/settings/history" },
    { title: words.privacy, text: words.privacyText, action: words.privacyAction, url: "/app/settings/privacy" },
  ];
  return (
    <BlockStack gap="400">
      {doors.map((door) => (
        <Card key={door.url}>
          <BlockStack gap="300" inlineAlign="start">
            <Text as="h2" variant="headingMd">
              {door.title}
            </Text>
            <Text as="p" tone="subdued">
              {door.text}
            </Text>
            <Button url={door.url}>{door.action}</Button>
          </BlockStack>
        </Card>
      ))}
    </BlockStack>
  );
}
