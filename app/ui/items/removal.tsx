import { useNavigate } from "@remix-run/react";
import { Text } from "@shopify/polaris";
import { useState } from "react";
import { Dialog } from "../frame/dialog.tsx";
import { useAct } from "../frame/use-answer.ts";

type Words = { remove: string; removeTitle: (name: string) => string; removeText: string };

export function useRemoval(back: string) {
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const act = useAct(() => navigate(back));
  return {
    open,
    ask: () => setOpen(true),
    close: () => setOpen(false),
    busy: act.busy,
    refused: act.refused?.sentence,
    send: (basedOn: number) => act.send({ what: "remove", basedOn }),
  };
}

/** Asks before something of the programme is deleted. */
export function RemovalDialog({
  removal,
  words,
  name,
  basedOn,
}: {
  removal: ReturnType<typeof useRemoval>;
  words: Words;
  name: string;
  basedOn: number;
}) {
  return (
    <Dialog
      id="remove"
      open={removal.open}
      title={words.removeTitle(name)}
      act={words.remove}
      critical
      busy={removal.busy}
      refused={removal.refused}
      onAct={() => removal.send(basedOn)}
      onClose={removal.close}
    >
      <Text as="p">{words.removeText}</Text>
    </Dialog>
  );
}
