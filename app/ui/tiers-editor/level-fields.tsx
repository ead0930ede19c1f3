import { BlockStack } from "@shopify/polaris";
import { type Draft, draftOf, type Errors } from "../form/draft.ts";
import { KindFields } from "../form/kind-fields.tsx";
import { SettingFields } from "../form/setting-fields.tsx";
import { editor } from "../texts/editor.ts";
import { BoughtFields } from "./bought-fields.tsx";
import { ColourField } from "./colour-field.tsx";
import { DraftList } from "./draft-list.tsx";
import { schemas } from "./schemas.ts";

type Props = { draft: Draft; errors: Errors; path: string; currency: string; onChange: (draft: Draft) => void };

const words = editor.tiers;

/** Everything about one tier: its looks, how it is reached, and what it gives. */
export function LevelFields({ draft, errors, path, currency, onChange }: Props) {
  const set = (name: string, value: Draft[string]) => onChange({ ...draft, [name]: value });
  const fields = { draft, errors, currency, path, schema: schemas.level, inline: true, onChange: set };
  const reach = Array.isArray(draft.reach) ? draft.reach : [];
  const kinds = (at: string) => ({ errors, path: at, currency, inline: true });

  return (
    <BlockStack gap="400">
      <div className="laurel-inline">
        <SettingFields {...fields} only={["name", "icon"]} />
        <ColourField
          label={schemas.level.shape.colour.unwrap().meta()?.label as string}
          value={String(draft.colour)}
          error={errors[`${path}.colour`]}
          onChange={(value) => set("colour", value)}
        />
        <SettingFields {...fields} only={["times"]} />
      </div>
      <DraftList
        title={words.reach}
        one={words.measure}
        add={words.addMeasure}
        draft={draft.reach}
        fresh={() => draftOf(schemas.measure, { kind: "spend" }, currency)}
        onChange={(list) => set("reach", list)}
      >
        {(one, put, index) => (
          <KindFields
            {...kinds(`${path}.reach.${index}`)}
            label={words.measure}
            union={schemas.measure}
            labels={editor.kinds.measure}
            draft={one}
            onChange={(next) => put(next as Draft)}
          />
        )}
      </DraftList>
      {reach.length > 1 && <SettingFields {...fields} only={["by"]} />}
      <DraftList
        title={words.entry}
        one={words.gift}
        add={words.addGift}
        draft={draft.entry}
        fresh={() => draftOf(schemas.gift, { kind: "points" }, currency)}
        onChange={(list) => set("entry", list)}
      >
        {(one, put, index) => (
          <KindFields
            {...kinds(`${path}.entry.${index}`)}
            label={words.gift}
            union={schemas.gift}
            labels={editor.kinds.gift}
            draft={one}
            onChange={(next) => put(next as Draft)}
          />
        )}
      </DraftList>
      <DraftList
        title={words.grants}
        one={words.grant}
        add={words.addGrant}
        draft={draft.grants}
        fresh={() => draftOf(schemas.grant, { every: "month", gift: { kind: "points" } }, currency)}
        onChange={(list) => set("grants", list)}
      >
        {(one, put, index) => (
          <BlockStack gap="200">
            <div className="laurel-inline">
              <SettingFields
                {...fields}
                schema={schemas.grant}
                draft={one}
                path={`${path}.grants.${index}`}
                only={["every"]}
                onChange={(name, value) => put({ ...one, [name]: value })}
              />
              <KindFields
                {...kinds(`${path}.grants.${index}.gift`)}
                label={words.gift}
                union={schemas.gift}
                labels={editor.kinds.gift}
                draft={one.gift}
                onChange={(gift) => put({ ...one, gift })}
              />
            </div>
            <SettingFields
              {...fields}
              schema={schemas.grant}
              draft={one}
              path={`${path}.grants.${index}`}
              only={["endsWithPeriod"]}
              inline={false}
              onChange={(name, value) => put({ ...one, [name]: value })}
            />
          </BlockStack>
        )}
      </DraftList>
      <DraftList
        title={words.perks}
        one={words.perk}
        add={words.addPerk}
        draft={draft.perks}
        fresh={() => draftOf(schemas.perk, {}, currency)}
        onChange={(list) => set("perks", list)}
      >
        {(one, put, index) => (
          <SettingFields
            {...fields}
            schema={schemas.perk}
            draft={one}
            path={`${path}.perks.${index}`}
            inline={false}
            onChange={(name, value) => put({ ...one, [name]: value })}
          />
        )}
      </DraftList>
      <BoughtFields
        draft={draft.bought}
        errors={errors}
        path={`${path}.bought`}
        currency={currency}
        onChange={(value) => set("bought", value)}
      />
      <KindFields
        label={words.expiry}
        union={schemas.expiry}
        labels={editor.kinds.expiry}
        none={words.asProgramme}
        draft={draft.expiry}
        errors={errors}
        path={`${path}.expiry`}
        currency={currency}
        inline
        onChange={(value) => set("expiry", value)}
      />
    </BlockStack>
  );
}
