import { ChoiceList, FormLayout, TextField } from "@shopify/polaris";
import { useState } from "react";
import { phases } from "../../loyalty/program/phase.ts";
import { Dialog } from "../frame/dialog.tsx";
import { useAct } from "../frame/use-answer.ts";
import { en as t } from "../texts/en.ts";
import { useWords } from "../words.ts";
import type { PhaseNow } from "./phase-card.tsx";

/** Decides what the programme does, now or from an instant on. */
export function PhaseDialog({ now, open, onClose }: { now: PhaseNow; open: boolean; onClose: () => void }) {
  const { timeZone } = useWords();
  const [wish, setWish] = useState({ phase: now.phase as string, testTag: now.testTag ?? "", later: false, day: "", time: "00:00" });
  const act = useAct(onClose);
  const change = (part: Partial<typeof wish>) => setWish((before) => ({ ...before, ...part }));
  const errorOf = (field: string) => (act.refused?.field === field ? act.refused.sentence : undefined);

  const tag = (
    <TextField
      label={t.phase.testTag}
      helpText={t.phase.testTagHelp}
      value={wish.testTag}
      error={errorOf("testTag")}
      onChange={(testTag) => change({ testTag })}
      autoComplete="off"
    />
  );
  return (
    <Dialog
      id="phase"
      open={open}
      title={t.phase.dialog}
      act={t.form.save}
      busy={act.busy}
      refused={act.refused && !["testTag", "from"].includes(act.refused.field ?? "") ? act.refused.sentence : undefined}
      onAct={() => act.send({ what: "phase", ...wish })}
      onClose={onClose}
    >
      <FormLayout>
        <ChoiceList
          title={t.phase.title}
          choices={phases.map((phase) => ({
            value: phase,
            label: t.phase[phase].label,
            helpText: t.phase[phase].help,
            renderChildren: (chosen) => chosen && phase === "testing" && tag,
          }))}
          selected={[wish.phase]}
          onChange={([phase]) => change({ phase })}
        />
        <ChoiceList
          title={t.phase.from}
          choices={[
            { value: "now", label: t.phase.now },
            { value: "later", label: t.phase.later },
          ]}
          selected={[wish.later ? "later" : "now"]}
          onChange={([when]) => change({ later: when === "later" })}
        />
        {wish.later && (
          <FormLayout.Group condensed>
            <TextField
              label={t.phase.day}
              type="date"
              value={wish.day}
              error={errorOf("from")}
              onChange={(day) => change({ day })}
              autoComplete="off"
            />
            <TextField
              label={t.phase.time}
              type="time"
              value={wish.time}
              helpText={t.phase.zone(timeZone)}
              onChange={(time) => change({ time })}
              autoComplete="off"
            />
          </FormLayout.Group>
        )}
      </FormLayout>
    </Dialog>
  );
}
