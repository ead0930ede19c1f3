import { BlockStack, Checkbox } from "@shopify/polaris";
import { useState } from "react";
import { type Draft, type Drafted, draftOf, type Errors, errorUnder } from "../form/draft.ts";
import { ListedField } from "../form/listed-field.tsx";
import { ResourcesField } from "../form/resources-field.tsx";
import { SettingFields } from "../form/setting-fields.tsx";
import { useSuggestions } from "../form/use-suggestions.ts";
import { editor } from "../texts/editor.ts";
import { schemas } from "./schemas.ts";

type Props = { draft: Drafted | undefined; errors: Errors; path: string; currency: string; onChange: (draft: Drafted) => void };

const words = editor.tiers;

/** What buys a tier, and for how long. */
export function BoughtFields({ draft, errors, path, currency, onChange }: Props) {
  const bought = typeof draft === "object" && !Array.isArray(draft) ? draft : undefined;
  return (
    <BlockStack gap="300">
      <Checkbox
        label={words.bought}
        helpText={words.boughtHelp}
        checked={bought !== undefined}
        onChange={(on) => onChange(on ? draftOf(schemas.bought, { months: 12 }, currency) : "")}
      />
      {bought && (
        <>
          <Products
            gids={textsIn(bought.products)}
            error={errorUnder(errors, `${path}.products`)}
            onChange={(products) => onChange({ ...bought, products })}
          />
          <ListedField
            label={words.sellingPlans}
            help={words.sellingPlansHelp}
            what="selling plans"
            error={errorUnder(errors, `${path}.sellingPlans`)}
            chosen={textsIn(bought.sellingPlans).map((gid) => ({ gid, title: "" }))}
            onChange={(plans) => onChange({ ...bought, sellingPlans: plans.map((one) => String(one.gid)) })}
          />
          <SettingFields
            schema={schemas.bought}
            draft={bought}
            errors={errors}
            currency={currency}
            path={path}
            inline
            onChange={(name, value) => onChange({ ...bought, [name]: value })}
          />
        </>
      )}
    </BlockStack>
  );
}

const textsIn = (value: Drafted | undefined): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];

// A tier keeps the ids alone: the titles come from the picker, or from the mirror.
function Products({ gids, error, onChange }: { gids: string[]; error: string | undefined; onChange: (gids: string[]) => void }) {
  const [picked, setPicked] = useState<Record<string, string>>({});
  const unnamed = gids.filter((gid) => !(gid in picked));
  const { found } = useSuggestions(unnamed.length > 0 ? "named products" : undefined, unnamed.join(","));
  const titleOf = (gid: string): string =>
    picked[gid] ?? found.find((one) => one.value === gid)?.label ?? words.product(gid.split("/").at(-1) ?? "");
  const choose = (chosen: Draft[]) => {
    setPicked({ ...picked, ...Object.fromEntries(chosen.map((one) => [one.gid, one.title])) });
    onChange(chosen.map((one) => String(one.gid)));
  };
  return (
    <ResourcesField
      label={words.products}
      as="products"
      error={error}
      chosen={gids.map((gid) => ({ gid, title: titleOf(gid) }))}
      onChange={choose}
    />
  );
}
