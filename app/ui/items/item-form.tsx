import { useNavigate } from "@remix-run/react";
import { Badge, BlockStack, Card, ChoiceList, Select, Text } from "@shopify/polaris";
import { type ReactNode, useState } from "react";
import type { z } from "zod";
import type { Draft } from "../form/draft.ts";
import { EditPage } from "../form/edit-page.tsx";
import { useEditing } from "../form/editing.ts";
import { SettingFields } from "../form/setting-fields.tsx";
import { Dialog } from "../frame/dialog.tsx";
import { useAct } from "../frame/use-answer.ts";
import { en as t } from "../texts/en.ts";
import { useWords } from "../words.ts";

type Kind = { name: string; label: string; settings: z.ZodObject };
type Words = {
  general: string;
  kindTitle: string;
  status: string;
  statusHelp: string;
  remove: string;
  removeTitle: (name: string) => string;
  removeText: string;
};

type Props = {
  title: string;
  back: string;
  words: Words;
  /** The whole item; its part `part` is one of `kinds`. */
  schema: z.ZodObject;
  part: string;
  kinds: readonly Kind[];
  saved: Draft;
  basedOn: number;
  isNew: boolean;
  preview: (draft: Draft) => ReactNode;
};

/** One rule or reward: what all of them have, which kind it is, and the settings of that kind. */
export function ItemForm({ title, back, words, schema, part, kinds, saved, basedOn, isNew, preview }: Props) {
  const { currency } = useWords();
  const editing = useEditing(saved, basedOn);
  const { draft, errors, set } = editing;
  const removal = useRemoval(back);
  const chosen = (draft[part] ?? {}) as Draft;
  const kind = kinds.find((one) => one.name === chosen.kind) ?? kinds[0];
  const fields = { draft, errors, currency, onChange: set };

  return (
    <EditPage
      title={title}
      back={back}
      editing={editing}
      isNew={isNew}
      badge={isNew ? undefined : <Badge tone={saved.active ? "success" : undefined}>{saved.active ? t.earning.on : t.earning.off}</Badge>}
      secondaryActions={isNew ? undefined : [{ content: words.remove, destructive: true, onAction: removal.ask }]}
      aside={preview(draft)}
    >
      <Card>
        <BlockStack gap="400">
          <Text as="h2" variant="headingMd">
            {words.general}
          </Text>
          <SettingFields schema={schema} {...fields} />
          <ChoiceList
            title={words.status}
            choices={[
              { value: "on", label: t.earning.on },
              { value: "off", label: t.earning.off, helpText: words.statusHelp },
            ]}
            selected={[draft.active ? "on" : "off"]}
            onChange={([choice]) => set("active", choice === "on")}
          />
        </BlockStack>
      </Card>
      <Card>
        <BlockStack gap="400">
          <Text as="h2" variant="headingMd">
            {words.kindTitle}
          </Text>
          {kinds.length > 1 && (
            <Select
              label={words.kindTitle}
              labelHidden
              options={kinds.map((one) => ({ value: one.name, label: one.label }))}
              value={kind?.name}
              onChange={(name) => set(part, { ...chosen, kind: name })}
            />
          )}
          {kind && (
            <SettingFields
              {...fields}
              schema={kind.settings}
              draft={chosen}
              path={part}
              onChange={(name, value) => set(part, { ...chosen, [name]: value })}
            />
          )}
        </BlockStack>
      </Card>
      <Dialog
        id="remove"
        open={removal.open}
        title={words.removeTitle(String(saved.name))}
        act={words.remove}
        critical
        busy={removal.busy}
        refused={removal.refused}
        onAct={() => removal.send(basedOn)}
        onClose={removal.close}
      >
        <Text as="p">{words.removeText}</Text>
      </Dialog>
    </EditPage>
  );
}

function useRemoval(back: string) {
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
