import { useFetcher, useParams } from "@remix-run/react";
import { FormLayout, Select, Text, TextField } from "@shopify/polaris";
import { useEffect, useState } from "react";
import { Dialog } from "../frame/dialog.tsx";
import { useAct } from "../frame/use-answer.ts";
import { events as t } from "../texts/events.ts";

type Asked = { events: { name: string; rules: string[] }[] };

/** Records an event that the programme's rules reward. */
export function EventDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const path = `/app/members/${useParams().memberId}/event`;
  const { data, load } = useFetcher<Asked | null>();
  const [wish, setWish] = useState({ name: "", properties: "" });
  const [requestId, setRequestId] = useState("");
  const act = useAct(onClose);
  const errorOf = (field: string) => (act.refused?.field === field ? act.refused.sentence : undefined);

  // One id for one opening of the dialog: pressing twice records once.
  useEffect(() => {
    if (!open) return;
    setWish({ name: "", properties: "" });
    setRequestId(crypto.randomUUID());
    load(path);
  }, [open, load, path]);

  const asked = data?.events ?? [];
  const chosen = asked.find((one) => one.name === wish.name) ?? asked[0];
  return (
    <Dialog
      id="event"
      open={open}
      title={t.title}
      act={t.save}
      busy={act.busy || !chosen}
      refused={act.refused && !["name", "properties"].includes(act.refused.field ?? "") ? act.refused.sentence : undefined}
      onAct={() => chosen && act.send({ ...wish, name: chosen.name, requestId }, path)}
      onClose={onClose}
    >
      <Text as="p">{data && asked.length === 0 ? t.none : t.text}</Text>
      {chosen && (
        <FormLayout>
          <Select
            label={t.event}
            options={asked.map((one) => one.name)}
            value={chosen.name}
            error={errorOf("name")}
            helpText={t.rewardedBy(chosen.rules)}
            onChange={(name) => setWish((before) => ({ ...before, name }))}
          />
          <TextField
            label={t.properties}
            helpText={t.propertiesHelp}
            value={wish.properties}
            error={errorOf("properties")}
            multiline={3}
            onChange={(properties) => setWish((before) => ({ ...before, properties }))}
            autoComplete="off"
          />
        </FormLayout>
      )}
    </Dialog>
  );
}
