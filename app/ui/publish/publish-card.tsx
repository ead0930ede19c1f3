import { BlockStack, Button, Card, ChoiceList, FormLayout, Text, TextField } from "@shopify/polaris";
import { useEffect, useRef, useState } from "react";
import type { Act } from "../frame/use-answer.ts";
import { publish as t } from "../texts/publish.ts";
import { useDates, useWords } from "../words.ts";
import type { ReviewData } from "./review.ts";

/** Why, when, and the button that publishes. */
export function PublishCard({ act, review, ready }: { act: Act; review: ReviewData; ready: boolean }) {
  const { timeZone } = useWords();
  const { moment } = useDates();
  const [wish, setWish] = useState({ note: "", when: review.planned ? "planned" : "now", day: "", time: "00:00" });
  const change = (part: Partial<typeof wish>) => setWish((before) => ({ ...before, ...part }));
  const errorOf = (field: string) => (act.refused?.field === field ? act.refused.sentence : undefined);
  // Whoever publishes with the keyboard or a screen reader is led to what is wrong.
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (act.refused) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [act.refused]);
  const isPlain = act.refused && !["note", "from"].includes(act.refused.field ?? "");
  const { planned, revision } = review;

  return (
    <Card>
      <form
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !act.busy) act.send({ what: "publish", revision, ...wish }, "/app/publish");
        }}
      >
        <FormLayout>
          <Text as="h2" variant="headingMd">
            {t.act}
          </Text>
          <TextField
            label={t.note}
            helpText={t.noteHelp}
            value={wish.note}
            error={errorOf("note")}
            onChange={(note) => change({ note })}
            multiline={3}
            maxLength={500}
            autoComplete="off"
          />
          <ChoiceList
            title={t.when}
            choices={[
              ...(planned
                ? [{ value: "planned", label: t.withPlanned(planned.version), helpText: t.withPlannedHelp(moment(planned.effectiveFrom)) }]
                : []),
              { value: "now", label: t.now, helpText: planned ? t.nowHelp(planned.version) : undefined },
              { value: "later", label: t.later },
            ]}
            selected={[wish.when]}
            onChange={([when = "now"]) => change({ when })}
          />
          {wish.when === "later" && (
            <FormLayout.Group condensed>
              <TextField
                label={t.day}
                type="date"
                value={wish.day}
                error={errorOf("from")}
                onChange={(day) => change({ day })}
                autoComplete="off"
              />
              <TextField label={t.time} type="time" value={wish.time} onChange={(time) => change({ time })} autoComplete="off" />
            </FormLayout.Group>
          )}
          {wish.when === "later" && (
            <Text as="p" tone="subdued">
              {t.zone(timeZone)}
            </Text>
          )}
          {planned && <Text as="p">{t.planned(planned.version, moment(planned.effectiveFrom))}</Text>}
          <Text as="p" tone="subdued">
            {t.text}
          </Text>
          {isPlain && (
            <div role="alert">
              <Text as="p" tone="critical">
                {act.refused?.sentence}
              </Text>
            </div>
          )}
          {!ready && <Text as="p">{t.notReady}</Text>}
          <BlockStack>
            <Button variant="primary" size="large" submit fullWidth loading={act.busy} disabled={!ready}>
              {t.act}
            </Button>
          </BlockStack>
        </FormLayout>
      </form>
    </Card>
  );
}
