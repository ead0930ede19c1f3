import { useNavigate } from "@remix-run/react";
import { SaveBar } from "@shopify/app-bridge-react";
import { Banner, BlockStack, Layout, Page, type PageProps, Text } from "@shopify/polaris";
import { type ReactNode, useEffect, useRef } from "react";
import { en as t } from "../texts/en.ts";
import type { Editing } from "./editing.ts";
import { useLeaving } from "./use-leaving.ts";

type Props = {
  title: string;
  /** Where the page hangs; a page of the menu hangs nowhere. */
  back?: string;
  editing: Editing;
  /** A new thing can be saved as it stands. */
  isNew?: boolean;
  badge?: ReactNode;
  secondaryActions?: PageProps["secondaryActions"];
  children: ReactNode;
  /** Stands beside the form and shows what it would do. */
  aside?: ReactNode;
};

/** A page with one form: save bar, errors, a word about somebody else's newer version, and the way back. */
export function EditPage({ title, back, editing, isNew, badge, secondaryActions, children, aside }: Props) {
  const navigate = useNavigate();
  const { leave, onLink } = useLeaving(editing.dirty);
  const form = useRef<HTMLFormElement>(null);
  const { conflict, refusal, errors } = editing;
  useFirstErrorInView(form, errors);
  const word = useRef<HTMLDivElement>(null);
  // What is said to a form stands at the foot of the screen, wherever in the form one is, and moves nothing.
  useEffect(() => {
    if (conflict || refusal) word.current?.focus();
  }, [conflict, refusal]);

  return (
    <div onClickCapture={onLink}>
      <Page
        title={title}
        titleMetadata={badge}
        backAction={back ? { content: t.form.back, onAction: () => void leave(back) } : undefined}
        secondaryActions={secondaryActions}
      >
        <SaveBar id="save" open={editing.dirty || Boolean(isNew)}>
          <button
            type="button"
            variant="primary"
            onClick={editing.save}
            loading={editing.saving ? "" : undefined}
            disabled={editing.saving}
          >
            {t.form.save}
          </button>
          <button type="button" onClick={() => (isNew && back ? navigate(back) : editing.discard())} disabled={editing.saving}>
            {t.form.discard}
          </button>
        </SaveBar>
        <form
          ref={form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (!editing.saving && (editing.dirty || isNew)) editing.save();
          }}
        >
          <BlockStack gap="400">
            <Layout>
              <Layout.Section>
                <BlockStack gap="400">{children}</BlockStack>
              </Layout.Section>
              {aside && <Layout.Section variant="oneThird">{aside}</Layout.Section>}
            </Layout>
            <div ref={word} tabIndex={-1} className="laurel-word">
              {conflict && (
                <Banner
                  tone="warning"
                  title={t.form.conflict.title}
                  action={{ content: t.form.conflict.show, onAction: () => (conflict.gone && back ? navigate(back) : editing.discard()) }}
                  secondaryAction={{ content: t.form.conflict.keep, onAction: editing.saveAnyway }}
                >
                  <Text as="p">{t.form.conflict.text}</Text>
                  {conflict.theirs.map((line) => (
                    <Text as="p" key={line}>
                      {line}
                    </Text>
                  ))}
                </Banner>
              )}
              {refusal && (
                <Banner tone="critical" title={t.form.notSaved}>
                  {refusal}
                </Banner>
              )}
            </div>
          </BlockStack>
          <button type="submit" hidden />
        </form>
      </Page>
    </div>
  );
}

// Whoever saves with the keyboard or a screen reader is led to what is wrong.
function useFirstErrorInView(form: React.RefObject<HTMLFormElement | null>, errors: Record<string, string>): void {
  useEffect(() => {
    if (Object.keys(errors).length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [form, errors]);
}
