import { Badge, Select } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { z } from "zod";
import type { Draft } from "../form/draft.ts";
import { EditPage } from "../form/edit-page.tsx";
import { useEditing } from "../form/editing.ts";
import { Section } from "../form/section.tsx";
import { SettingFields } from "../form/setting-fields.tsx";
import { en as t } from "../texts/en.ts";
import { useWords } from "../words.ts";
import { RemovalDialog, useRemoval } from "./removal.tsx";
import { StatusField } from "./status-field.tsx";

type Kind = { name: string; label: string; settings: z.ZodObject };
type Words = {
  general: string;
  kindTitle: string;
  status: string;
  statusHelp: string;
  remove: string;
  removeTitle: (name: string) => string;
  removeText: string;
};

type Props = {
  title: string;
  back: string;
  words: Words;
  /** The whole item; its part `part` is one of `kinds`. */
  schema: z.ZodObject;
  part: string;
  kinds: readonly Kind[];
  saved: Draft;
  basedOn: number;
  isNew: boolean;
  preview: (draft: Draft) => ReactNode;
};

/** One rule or reward: what all of them have, which kind it is, and the settings of that kind. */
export function ItemForm({ title, back, words, schema, part, kinds, saved, basedOn, isNew, preview }: Props) {
  const { currency } = useWords();
  const editing = useEditing(saved, basedOn);
  const { draft, errors, set } = editing;
  const removal = useRemoval(back);
  const chosen = (draft[part] ?? {}) as Draft;
  const kind = kinds.find((one) => one.name === chosen.kind) ?? kinds[0];
  const fields = { draft, errors, currency, onChange: set };

  return (
    <EditPage
      title={title}
      back={back}
      editing={editing}
      isNew={isNew}
      badge={isNew ? undefined : <Badge tone={saved.active ? "success" : undefined}>{saved.active ? t.earning.on : t.earning.off}</Badge>}
      secondaryActions={isNew ? undefined : [{ content: words.remove, destructive: true, onAction: removal.ask }]}
      aside={preview(draft)}
    >
      <Section title={words.general}>
        <SettingFields schema={schema} {...fields} except={["active"]} />
        <StatusField words={words} active={draft.active === true} onChange={(active) => set("active", active)} />
      </Section>
      <Section title={words.kindTitle}>
        {kinds.length > 1 && (
          <Select
            label={words.kindTitle}
            labelHidden
            options={kinds.map((one) => ({ value: one.name, label: one.label }))}
            value={kind?.name}
            onChange={(name) => set(part, { ...chosen, kind: name })}
          />
        )}
        {kind && (
          <SettingFields
            {...fields}
            schema={kind.settings}
            draft={chosen}
            path={part}
            onChange={(name, value) => set(part, { ...chosen, [name]: value })}
          />
        )}
      </Section>
      <RemovalDialog removal={removal} words={words} name={String(saved.name)} basedOn={basedOn} />
    </EditPage>
  );
}
