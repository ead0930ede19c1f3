import { BlockStack, Button, Checkbox, InlineStack } from "@shopify/polaris";
import { PlusIcon } from "@shopify/polaris-icons";
import type { z } from "zod";
import type { Definition } from "../../loyalty/program/definition.ts";
import { bare } from "../../loyalty/program/schema-at.ts";
import { type Draft, draftOf } from "../form/draft.ts";
import { EditPage } from "../form/edit-page.tsx";
import { EditableList } from "../form/editable-list.tsx";
import { useEditing } from "../form/editing.ts";
import { KindFields } from "../form/kind-fields.tsx";
import { Section } from "../form/section.tsx";
import { SettingFields } from "../form/setting-fields.tsx";
import { editor } from "../texts/editor.ts";
import { useWords } from "../words.ts";
import { namedUnits, schemas, unitsForm } from "./units-form.ts";

export type UnitsProps = { version: number; parts: Pick<Definition, "units" | "badges" | "budgets"> };

const words = editor.units;
const expiry = bare(schemas.unit.shape.expiry as z.ZodType) as z.ZodDiscriminatedUnion;
const unitName = schemas.unit.shape.name as z.ZodObject;

/** Units beside the points, badges, and the two budgets. */
export function UnitsPage({ version, parts }: UnitsProps) {
  const { currency } = useWords();
  const editing = useEditing(draftOf(unitsForm, parts, currency), version, (draft) => namedUnits(draft, parts));
  const { draft, errors, set } = editing;
  const listOf = (name: "units" | "badges") => (Array.isArray(draft[name]) ? (draft[name] as Draft[]) : []);
  const fields = { errors, currency, inline: true };
  const budgets = draft.budgets as Draft;
  const addButton = (content: string, onClick: () => void) => (
    <InlineStack>
      <Button icon={PlusIcon} onClick={onClick}>
        {content}
      </Button>
    </InlineStack>
  );

  return (
    <EditPage title={words.title} back="/app/settings" editing={editing}>
      <Section title={words.units} text={words.unitsHelp}>
        <EditableList
          items={listOf("units")}
          nameOf={(unit, index) => String((unit.name as Draft | undefined)?.other || `${words.unit} ${index + 1}`)}
          onChange={(list) => set("units", list)}
          add={addButton(words.addUnit, () => set("units", [...listOf("units"), draftOf(schemas.unit, {}, currency)]))}
        >
          {(unit, put, index) => (
            <BlockStack gap="300">
              <SettingFields
                {...fields}
                schema={unitName}
                draft={unit.name as Draft}
                path={`units.${index}.name`}
                onChange={(name, value) => put({ ...unit, name: { ...(unit.name as Draft), [name]: value } })}
              />
              <SettingFields
                {...fields}
                schema={schemas.unit}
                draft={unit}
                path={`units.${index}`}
                onChange={(name, value) => put({ ...unit, [name]: value })}
              />
              <KindFields
                {...fields}
                label={words.expiry}
                union={expiry}
                labels={editor.kinds.expiry}
                draft={unit.expiry}
                path={`units.${index}.expiry`}
                onChange={(value) => put({ ...unit, expiry: value })}
              />
            </BlockStack>
          )}
        </EditableList>
      </Section>
      <Section title={words.badges}>
        <EditableList
          items={listOf("badges")}
          nameOf={(badge, index) => String(badge.name || `${words.badge} ${index + 1}`)}
          onChange={(list) => set("badges", list)}
          add={addButton(words.addBadge, () => set("badges", [...listOf("badges"), draftOf(schemas.badge, {}, currency)]))}
        >
          {(badge, put, index) => (
            <SettingFields
              {...fields}
              schema={schemas.badge}
              draft={badge}
              path={`badges.${index}`}
              onChange={(name, value) => put({ ...badge, [name]: value })}
            />
          )}
        </EditableList>
      </Section>
      {(["retention", "acquisition"] as const).map((name) => {
        const budget = typeof budgets[name] === "object" ? (budgets[name] as Draft) : undefined;
        const put = (value: Draft | "") => set("budgets", { ...budgets, [name]: value });
        return (
          <Section key={name} title={words.budgets[name]} text={words.budgetHelp}>
            <Checkbox
              label={words.limited}
              checked={budget !== undefined}
              onChange={(on) => put(on ? draftOf(schemas.budget, {}, currency) : "")}
            />
            {budget && (
              <SettingFields
                {...fields}
                inline={false}
                schema={schemas.budget}
                draft={budget}
                path={`budgets.${name}`}
                onChange={(field, value) => put({ ...budget, [field]: value })}
              />
            )}
          </Section>
        );
      })}
    </EditPage>
  );
}
