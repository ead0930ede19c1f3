import { ChoiceList, FormLayout, TextField } from "@shopify/polaris";
import { useEffect, useState } from "react";
import { Dialog } from "../frame/dialog.tsx";
import { useAct } from "../frame/use-answer.ts";
import { en as t } from "../texts/en.ts";
import { useWords } from "../words.ts";

const empty = { way: "add", points: "", reason: "" };

/** Gives or takes points, with a reason that stays on the statement. */
export function AdjustDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { say } = useWords();
  const [wish, setWish] = useState(empty);
  const [requestId, setRequestId] = useState("");
  const act = useAct(onClose);
  const words = t.member.adjust;
  const change = (part: Partial<typeof wish>) => setWish((before) => ({ ...before, ...part }));
  const errorOf = (field: string) => (act.refused?.field === field ? act.refused.sentence : undefined);

  // One id for one opening of the dialog: pressing twice adjusts once.
  useEffect(() => {
    if (!open) return;
    setWish(empty);
    setRequestId(crypto.randomUUID());
  }, [open]);

  return (
    <Dialog
      id="adjust"
      open={open}
      title={words.title}
      act={words.save}
      busy={act.busy}
      refused={act.refused && !["points", "reason"].includes(act.refused.field ?? "") ? act.refused.sentence : undefined}
      onAct={() => act.send({ what: "adjust", ...wish, requestId })}
      onClose={onClose}
    >
      <FormLayout>
        <ChoiceList
          title={words.way}
          choices={[
            { value: "add", label: words.add },
            { value: "take", label: words.take },
          ]}
          selected={[wish.way]}
          onChange={([way]) => change({ way })}
        />
        <TextField
          label={words.points}
          value={wish.points}
          error={errorOf("points")}
          suffix={say.pointsName.other}
          inputMode="numeric"
          onChange={(points) => change({ points })}
          autoComplete="off"
        />
        <TextField
          label={words.reason}
          helpText={words.reasonHelp}
          value={wish.reason}
          error={errorOf("reason")}
          maxLength={200}
          onChange={(reason) => change({ reason })}
          autoComplete="off"
        />
      </FormLayout>
    </Dialog>
  );
}
