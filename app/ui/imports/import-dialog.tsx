import { useNavigate } from "@remix-run/react";
import { Text } from "@shopify/polaris";
import { Dialog } from "../frame/dialog.tsx";
import { useAct } from "../frame/use-answer.ts";
import { en as t } from "../texts/en.ts";
import { useWords } from "../words.ts";

export const everyImportAct = ["start", "undo", "drop"] as const;
export type ImportAct = (typeof everyImportAct)[number];

type Props = { act: ImportAct; one: { rows: number; points: number }; open: boolean; onClose: () => void };

export function ImportDialog({ act, one, open, onClose }: Props) {
  const { say } = useWords();
  const navigate = useNavigate();
  const sending = useAct(() => (act === "drop" ? navigate("/app/settings/imports") : onClose()));
  const words = t.imports;
  const [title, text] = {
    start: [words.startTitle, words.startText(one.rows, say.points(one.points))],
    undo: [words.undoTitle, words.undoText],
    drop: [words.dropTitle, words.dryRunText],
  }[act] as [string, string];
  return (
    <Dialog
      id={`import-${act}`}
      open={open}
      title={title}
      act={words[act]}
      critical={act !== "start"}
      busy={sending.busy}
      refused={sending.refused?.sentence}
      onAct={() => sending.send({ what: act })}
      onClose={onClose}
    >
      <Text as="p">{text}</Text>
    </Dialog>
  );
}
