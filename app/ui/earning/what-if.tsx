import { BlockStack, Card, Text } from "@shopify/polaris";
import { useMemo, useState } from "react";
import { clockOf } from "../../loyalty/local-time.ts";
import type { Definition } from "../../loyalty/program/definition.ts";
import { type Draft, readDraft } from "../form/draft.ts";
import { SettingFields } from "../form/setting-fields.tsx";
import { editor } from "../texts/editor.ts";
import { useWords } from "../words.ts";
import { BasketFields } from "./basket-fields.tsx";
import { firstImagined, imagined, imaginedMember, imaginedOrder } from "./imagined.ts";
import { PropertyFields } from "./property-fields.tsx";
import { ruleOf } from "./rule-of.ts";
import { TriedRule } from "./tried-rule.tsx";
import { tryRule } from "./try-rule.ts";

const words = editor.tryIt;

/** A small order that can be changed, and what the rule would give for it, with the reason. */
export function WhatIf({ draft, definition, now }: { draft: Draft; definition: Definition; now: string }) {
  const { currency, timeZone } = useWords();
  const [given, setGiven] = useState(() => firstImagined(currency, clockOf(timeZone)(Date.parse(now)).text));
  const { value, errors = {} } = useMemo(() => readDraft(imagined, given, currency), [given, currency]);
  const rule = useMemo(() => ruleOf(draft, currency), [draft, currency]);
  const tried = useMemo(
    () => (rule && value ? tryRule(rule, definition, value, { currency, timeZone }) : undefined),
    [rule, value, definition, currency, timeZone],
  );
  const isOrder = (draft.on as Draft).kind === "order";
  const part = (name: "member" | "order") => ({
    draft: given[name] as Draft,
    errors,
    currency,
    path: name,
    inline: true,
    onChange: (field: string, to: Draft[string]) => setGiven({ ...given, [name]: { ...(given[name] as Draft), [field]: to } }),
  });

  return (
    <div className="laurel-beside">
      <Card>
        <BlockStack gap="400">
          <BlockStack gap="100">
            <Text as="h2" variant="headingMd">
              {words.title}
            </Text>
            <Text as="p" tone="subdued">
              {isOrder ? words.help : words.helpEvent}
            </Text>
          </BlockStack>
          <TriedRule tried={tried} rule={rule} isOrder={isOrder} />
          {isOrder && (
            <BasketFields
              items={given.items as Draft[]}
              errors={errors}
              currency={currency}
              onChange={(items) => setGiven({ ...given, items })}
            />
          )}
          {(draft.on as Draft).kind === "event" && (
            <PropertyFields
              properties={given.properties as Draft[]}
              errors={errors}
              currency={currency}
              onChange={(properties) => setGiven({ ...given, properties })}
            />
          )}
          <details className="laurel-details">
            <summary>{words.member}</summary>
            <SettingFields {...part("member")} schema={imaginedMember} />
          </details>
          <details className="laurel-details">
            <summary>{isOrder ? words.order : words.event}</summary>
            <SettingFields {...part("order")} schema={imaginedOrder} only={isOrder ? undefined : ["at"]} />
          </details>
        </BlockStack>
      </Card>
    </div>
  );
}
