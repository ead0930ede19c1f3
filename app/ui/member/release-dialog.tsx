import { Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { Dialog } from "../frame/dialog.tsx";
import { useAct } from "../frame/use-answer.ts";
import { en as t } from "../texts/en.ts";

/** Takes an unused reward back for the member. */
export function ReleaseDialog({ reward, onClose }: { reward: { redemptionId: string; code: string } | null; onClose: () => void }) {
  const [why, setWhy] = useState("");
  const act = useAct(onClose);
  const words = t.member.rewards;
  const onReason = act.refused?.field === "why";
  return (
    <Dialog
      id="release"
      open={reward !== null}
      title={words.releaseTitle}
      act={words.release}
      busy={act.busy}
      refused={act.refused && !onReason ? act.refused.sentence : undefined}
      onAct={() => act.send({ what: "release", redemptionId: reward?.redemptionId, why })}
      onClose={onClose}
    >
      <Text as="p">{words.releaseText(reward?.code ?? "")}</Text>
      <TextField
        label={words.reason}
        value={why}
        error={onReason ? act.refused?.sentence : undefined}
        maxLength={200}
        onChange={setWhy}
        autoComplete="off"
      />
    </Dialog>
  );
}
