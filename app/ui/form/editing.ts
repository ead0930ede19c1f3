import { useFetcher, useNavigate } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { useEffect, useRef, useState } from "react";
import type { Draft, Drafted, Errors } from "./draft.ts";

/** Somebody saved the same place while this was being edited: the revision they made, and what they changed in words. */
export type Conflict = { version: number; theirs: string[]; gone: boolean };

/** What a page that saves a form answers. */
export type SaveAnswer =
  | { saved: true; said: string; to?: string }
  | { saved: false; errors: Errors; refusal?: string; conflict?: undefined }
  | { saved: false; errors: Errors; refusal?: undefined; conflict: Conflict };

export type Editing = {
  draft: Draft;
  dirty: boolean;
  saving: boolean;
  errors: Errors;
  refusal: string | undefined;
  conflict: Conflict | undefined;
  set: (name: string, value: Drafted) => void;
  save: () => void;
  /** Saves on top of what somebody else saved meanwhile. */
  saveAnyway: () => void;
  discard: () => void;
};

/**
 * A form being edited: what is typed stays until it is saved or discarded, also when somebody else saves
 * something and the page behind it is read again.
 */
export function useEditing(saved: Draft, basedOn: number): Editing {
  const fetcher = useFetcher<SaveAnswer>();
  const shopify = useAppBridge();
  const navigate = useNavigate();
  const [from, setFrom] = useState({ saved, basedOn });
  const [draft, setDraft] = useState(saved);
  const [answer, setAnswer] = useState<SaveAnswer>();
  const heard = useRef<SaveAnswer>(undefined);
  const sent = useRef<Draft>(undefined);

  const dirty = JSON.stringify(draft) !== JSON.stringify(from.saved);
  const start = (next: { saved: Draft; basedOn: number }) => {
    setFrom(next);
    setDraft(next.saved);
    setAnswer(undefined);
  };

  // Nothing typed here is lost: the page follows what others save only while nobody is typing.
  useEffect(() => {
    if (!dirty && basedOn !== from.basedOn) start({ saved, basedOn });
  });

  useEffect(() => {
    const said = fetcher.data;
    if (fetcher.state !== "idle" || !said || heard.current === said) return;
    heard.current = said;
    setAnswer(said);
    if (!said.saved) return;
    shopify.toast.show(said.said);
    if (said.to) navigate(said.to);
    else if (draft === sent.current) start({ saved, basedOn });
    // What was typed while it was being saved is still to be saved.
    else setFrom({ saved, basedOn });
  });

  const send = (on: number) => {
    sent.current = draft;
    fetcher.submit({ draft, basedOn: on } as never, { method: "post", encType: "application/json" });
  };
  const failed = answer?.saved === false ? answer : undefined;
  return {
    draft,
    dirty,
    saving: fetcher.state !== "idle",
    errors: failed?.errors ?? {},
    refusal: failed?.refusal,
    conflict: failed?.conflict,
    set: (name, value) => setDraft((before) => ({ ...before, [name]: value })),
    save: () => send(from.basedOn),
    saveAnyway: () => send(failed?.conflict?.version ?? from.basedOn),
    discard: () => start({ saved, basedOn }),
  };
}
