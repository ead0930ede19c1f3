import { useNavigate } from "@remix-run/react";
import { BlockStack, Text } from "@shopify/polaris";
import { Dialog } from "../frame/dialog.tsx";
import { useAct } from "../frame/use-answer.ts";
import { templates as t } from "../texts/templates.ts";

/** What stands in the draft and would be replaced. */
export type Standing = { revision: number; rules: number; rewards: number; tiers: number; changes: number };

export function UseDialog({ name, standing, open, onClose }: { name: string; standing: Standing; open: boolean; onClose: () => void }) {
  const navigate = useNavigate();
  const act = useAct(() => navigate("/app/earning"));
  return (
    <Dialog
      id="use-template"
      open={open}
      title={t.dialog(name)}
      act={t.use}
      busy={act.busy}
      refused={act.refused?.sentence}
      onAct={() => act.send({ what: "use", revision: standing.revision })}
      onClose={onClose}
    >
      <BlockStack gap="200">
        <Text as="p">
          {t.replaces(standing.rules, standing.rewards, standing.tiers)}
          {standing.changes > 0 && ` ${t.draftLost(standing.changes)}`}
        </Text>
        <Text as="p">{t.keeps}</Text>
      </BlockStack>
    </Dialog>
  );
}
