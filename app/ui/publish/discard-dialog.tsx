import { Text } from "@shopify/polaris";
import { Dialog } from "../frame/dialog.tsx";
import type { Act } from "../frame/use-answer.ts";
import { publish as t } from "../texts/publish.ts";

type Props = { act: Act; open: boolean; changes: number; revision: number; onClose: () => void };

/** Asks before the draft is put away. The toast afterwards brings it back. */
export function DiscardDialog({ act, open, changes, revision, onClose }: Props) {
  return (
    <Dialog
      id="discard-draft"
      open={open}
      title={t.discard.title}
      act={t.discard.act}
      critical
      busy={act.busy}
      refused={act.refused?.sentence}
      onAct={() => act.send({ what: "discard", revision }, "/app/publish")}
      onClose={onClose}
    >
      <Text as="p">{t.discard.text(changes)}</Text>
    </Dialog>
  );
}
