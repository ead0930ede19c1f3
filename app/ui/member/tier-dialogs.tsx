import { useParams } from "@remix-run/react";
import { FormLayout, Select, Text, TextField } from "@shopify/polaris";
import { useEffect, useState } from "react";
import { Dialog } from "../frame/dialog.tsx";
import { useAct } from "../frame/use-answer.ts";
import { tiers as t } from "../texts/tiers.ts";

const usePath = () => `/app/members/${useParams().memberId}/tier`;

/** Keeps the member at least in a tier, with a reason, until a day or until it is released. */
export function HoldTierDialog({ levels, open, onClose }: { levels: { id: string; name: string }[]; open: boolean; onClose: () => void }) {
  const empty = { tierId: levels.at(-1)?.id ?? "", until: "", reason: "" };
  const [wish, setWish] = useState(empty);
  const path = usePath();
  const act = useAct(onClose);
  const words = t.dialog;
  const change = (part: Partial<typeof wish>) => setWish((before) => ({ ...before, ...part }));
  const errorOf = (field: string) => (act.refused?.field === field ? act.refused.sentence : undefined);
  useEffect(() => {
    if (open) setWish((before) => ({ ...before, until: "", reason: "" }));
  }, [open]);
  return (
    <Dialog
      id="hold-tier"
      open={open}
      title={words.title}
      act={words.save}
      busy={act.busy}
      refused={act.refused && !["tierId", "until", "reason"].includes(act.refused.field ?? "") ? act.refused.sentence : undefined}
      onAct={() => act.send({ kind: "hold", ...wish, until: wish.until || null }, path)}
      onClose={onClose}
    >
      <FormLayout>
        <Text as="p">{words.text}</Text>
        <Select
          label={words.tier}
          options={levels.map(({ id, name }) => ({ value: id, label: name }))}
          value={wish.tierId}
          error={errorOf("tierId")}
          onChange={(tierId) => change({ tierId })}
        />
        <TextField
          label={words.until}
          helpText={words.untilHelp}
          type="date"
          value={wish.until}
          error={errorOf("until")}
          onChange={(until) => change({ until })}
          autoComplete="off"
        />
        <TextField
          label={words.reason}
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

/** Lets go of a tier that staff held. */
export function ReleaseTierDialog({ tierId, onClose }: { tierId: string | null; onClose: () => void }) {
  const [reason, setReason] = useState("");
  const path = usePath();
  const act = useAct(onClose);
  const words = t.releaseDialog;
  useEffect(() => {
    if (tierId) setReason("");
  }, [tierId]);
  const onReason = act.refused?.field === "reason";
  return (
    <Dialog
      id="release-tier"
      open={tierId !== null}
      title={words.title}
      act={words.save}
      busy={act.busy}
      refused={act.refused && !onReason ? act.refused.sentence : undefined}
      onAct={() => act.send({ kind: "release", tierId, until: null, reason }, path)}
      onClose={onClose}
    >
      <Text as="p">{words.text}</Text>
      <TextField
        label={t.dialog.reason}
        value={reason}
        error={onReason ? act.refused?.sentence : undefined}
        maxLength={200}
        onChange={setReason}
        autoComplete="off"
      />
    </Dialog>
  );
}
