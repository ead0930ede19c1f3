import { Modal, TitleBar } from "@shopify/app-bridge-react";
import { BlockStack, Box, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import { en as t } from "../texts/en.ts";

type Props = {
  id: string;
  open: boolean;
  title: string;
  /** The button that does it. */
  act: string;
  critical?: boolean;
  busy: boolean;
  /** Why it could not be done, where no field is to blame. */
  refused?: string;
  onAct: () => void;
  onClose: () => void;
  children: ReactNode;
};

/** A dialog of the admin with one act and the way out. Its buttons stand where the admin puts them. */
export function Dialog({ id, open, title, act, critical, busy, refused, onAct, onClose, children }: Props) {
  return (
    <Modal id={id} open={open} onHide={onClose}>
      <Box padding="400">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            // In React's tree the dialog may stand in another form, which this is not for.
            event.stopPropagation();
            if (!busy) onAct();
          }}
        >
          <BlockStack gap="300">
            {children}
            {refused && (
              <div role="alert">
                <Text as="p" tone="critical">
                  {refused}
                </Text>
              </div>
            )}
          </BlockStack>
          <button type="submit" hidden />
        </form>
      </Box>
      <TitleBar title={title}>
        <button type="button" variant="primary" tone={critical ? "critical" : undefined} onClick={onAct} disabled={busy}>
          {act}
        </button>
        <button type="button" onClick={onClose} disabled={busy}>
          {t.form.cancel}
        </button>
      </TitleBar>
    </Modal>
  );
}
