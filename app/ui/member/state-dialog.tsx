import { Text, TextField } from "@shopify/polaris";
import { useEffect, useState } from "react";
import { Dialog } from "../frame/dialog.tsx";
import { useAct } from "../frame/use-answer.ts";
import { en as t } from "../texts/en.ts";

export const everyStateChange = ["block", "unblock", "leave", "rejoin"] as const;
export type StateChange = (typeof everyStateChange)[number];

/** What may be done with a member in a state. */
export function stateChanges(state: string): StateChange[] {
  if (state === "active") return ["block", "leave"];
  if (state === "blocked") return ["unblock"];
  return state === "left" ? ["rejoin"] : [];
}

export function StateDialog({ change, open, onClose }: { change: StateChange; open: boolean; onClose: () => void }) {
  const [reason, setReason] = useState("");
  const act = useAct(onClose);
  const words = t.member.state;
  useEffect(() => {
    if (open) setReason("");
  }, [open]);
  const onReason = act.refused?.field === "reason";
  return (
    <Dialog
      id={`state-${change}`}
      open={open}
      title={words[`${change}Title`]}
      act={words[change]}
      critical={change === "block"}
      busy={act.busy}
      refused={act.refused && !onReason ? act.refused.sentence : undefined}
      onAct={() => act.send({ what: change, reason })}
      onClose={onClose}
    >
      <Text as="p">{words[`${change}Text`]}</Text>
      <TextField
        label={words.reason}
        value={reason}
        error={onReason ? act.refused?.sentence : undefined}
        maxLength={200}
        onChange={setReason}
        autoComplete="off"
      />
    </Dialog>
  );
}
