import { Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { Dialog } from "../frame/dialog.tsx";
import { useAct } from "../frame/use-answer.ts";
import { publish as t } from "../texts/publish.ts";

/** Which version is published again; `callsOff` the planned one that then never is in force. */
export type RollBackWish = { to: number; callsOff: number | null; planned: { version: number; moment: string } | null };

/** Asks why, before an older version is published again. */
export function RollBackDialog({ wish, hasDraft, onClose }: { wish: RollBackWish; hasDraft: boolean; onClose: () => void }) {
  const { to, callsOff, planned } = wish;
  const [note, setNote] = useState("");
  const act = useAct(onClose);
  const words = t.rollBack;
  const isOfNote = act.refused?.field === "note";
  const text = planned ? `${words.text(to)} ${words.overtakes(planned.version, planned.moment)}` : words.text(to);
  return (
    <Dialog
      id="roll-back"
      open
      title={callsOff ? words.callOffTitle(callsOff) : words.title(to)}
      act={callsOff ? words.callOffAct : words.act}
      critical={callsOff !== null}
      busy={act.busy}
      refused={isOfNote ? undefined : act.refused?.sentence}
      onAct={() => act.send({ to, note, callsOff })}
      onClose={onClose}
    >
      <Text as="p">{callsOff ? words.callOffText(callsOff, to) : text}</Text>
      {hasDraft && <Text as="p">{words.draftStays}</Text>}
      <TextField
        label={t.note}
        helpText={t.noteHelp}
        value={note}
        error={isOfNote ? act.refused?.sentence : undefined}
        onChange={setNote}
        maxLength={500}
        autoComplete="off"
      />
    </Dialog>
  );
}
