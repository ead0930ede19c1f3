import { useNavigate } from "@remix-run/react";
import { FormLayout, Select, TextField } from "@shopify/polaris";
import type { Translatable } from "../../loyalty/program/translatable.ts";
import type { Draft } from "../form/draft.ts";
import { EditPage } from "../form/edit-page.tsx";
import { useEditing } from "../form/editing.ts";
import { Section } from "../form/section.tsx";
import { toldApart } from "../form/told-apart.ts";
import { languages as t } from "../texts/languages.ts";

export type LanguagesProps = {
  version: number;
  locale: string;
  locales: string[];
  names: Translatable[];
  texts: Record<string, string>;
};

const parts = ["earning", "tiers", "rewards", "badges"] as const;

/** The programme's names in one other language, beside the merchant's own. */
export function LanguagesPage({ version, locale, locales, names, texts }: LanguagesProps) {
  const navigate = useNavigate();
  const draft: Draft = Object.fromEntries(names.map(({ key }) => [key, texts[key] ?? ""]));
  const editing = useEditing(draft, version);
  return (
    <EditPage title={t.title} back="/app/settings" editing={editing}>
      <Section title={t.choose} text={t.help}>
        <Select
          label={t.choose}
          labelHidden
          options={locales.map((one) => ({ value: one, label: languageName(one) }))}
          value={locale}
          disabled={editing.dirty}
          onChange={(next) => navigate(`/app/settings/languages?in=${next}`)}
        />
      </Section>
      {names.length === 0 && (
        <Section title={t.none.title} text={t.none.text}>
          {null}
        </Section>
      )}
      {parts
        .map((part) => ({ part, list: names.filter((one) => one.part === part) }))
        .filter(({ list }) => list.length > 0)
        .map(({ part, list }) => ({ part, list, labels: toldApart(list.map(({ key, name }) => ({ id: key, name }))) }))
        .map(({ part, list, labels }) => (
          <Section key={part} title={t.parts[part]}>
            <FormLayout>
              {list.map(({ key, name }, at) => (
                <TextField
                  key={key}
                  label={labels[at]?.label ?? name}
                  value={String(editing.draft[key] ?? "")}
                  error={editing.errors[key]}
                  onChange={(text) => editing.set(key, text)}
                  placeholder={name}
                  maxLength={200}
                  autoComplete="off"
                />
              ))}
            </FormLayout>
          </Section>
        ))}
    </EditPage>
  );
}

/** "French", of "fr". */
export const languageName = (locale: string): string => new Intl.DisplayNames("en", { type: "language" }).of(locale) ?? locale;
