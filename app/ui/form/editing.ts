import { useFetcher, useNavigate, useNavigation } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { useEffect, useRef, useState } from "react";
import type { Draft, Drafted, Errors } from "./draft.ts";
import { goingOn } from "./use-form-key.ts";

/** Somebody saved the same place while this was being edited: the revision they made, and what they changed in words. */
export type Conflict = { version: number; theirs: string[]; gone: boolean };

/** What a page that saves a form answers. */
export type SaveAnswer =
  /** `to` is where a new thing leads when it is saved, `at` its own page. */
  | { saved: true; said: string; to?: string; at?: string }
  | { saved: false; errors: Errors; refusal?: string; conflict?: undefined /** No answer came. */; lost?: boolean }
  | { saved: false; errors: Errors; refusal?: undefined; conflict: Conflict; lost?: undefined };

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
 * something and the page behind it is read again. `named` gives new parts their ids before they are sent: what is sent
 * twice is one thing.
 */
export function useEditing(saved: Draft, basedOn: number, named: (draft: Draft) => Draft = asItIs): Editing {
  const fetcher = useFetcher<SaveAnswer>();
  const navigation = useNavigation();
  const shopify = useAppBridge();
  const navigate = useNavigate();
  const [from, setFrom] = useState({ saved, basedOn });
  const [draft, setDraft] = useState(saved);
  const [answer, setAnswer] = useState<SaveAnswer>();
  const heard = useRef<SaveAnswer>(undefined);
  const sent = useRef<Draft>(undefined);
  const unnamed = useRef<Draft>(undefined);
  const unanswered = useRef<Draft>(undefined);

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

  // What was new has a page of its own now, and was typed in meanwhile.
  useEffect(() => {
    if (saved.id === from.saved.id) return;
    setFrom({ saved, basedOn });
    setDraft((typed) => ({ ...typed, id: saved.id as Drafted }));
  });

  useEffect(() => {
    const said = fetcher.data as SaveAnswer | undefined;
    if (fetcher.state !== "idle" || !said || heard.current === said) return;
    heard.current = said;
    const typedOn = draft !== sent.current;
    const again = unanswered.current !== undefined && typedOn;
    unanswered.current = !said.saved && said.lost ? sent.current : undefined;
    // What was sent twice is settled: now comes what was typed after it.
    if (again && said.saved && !said.to) {
      setFrom({ saved, basedOn });
      return send(basedOn);
    }
    if (again && !said.saved && !said.lost && !said.conflict) return send(from.basedOn);
    setAnswer(said);
    // Where a name has to be put right, an id is made from that.
    if (!said.saved && !said.lost && !typedOn && unnamed.current) setDraft(unnamed.current);
    if (!said.saved) return;
    shopify.toast.show(said.said);
    if (said.at && typedOn) navigate(said.at, { replace: true, state: goingOn });
    else if (said.to) navigate(said.to);
    else if (!typedOn) start({ saved, basedOn });
    // What was typed while it was being saved is still to be saved.
    else setFrom({ saved, basedOn });
  });

  const submit = (next: Draft, on: number) => {
    sent.current = next;
    fetcher.submit({ draft: next, basedOn: on } as never, { method: "post", encType: "application/json" });
  };
  const send = (on: number) => {
    unnamed.current = draft;
    const next = named(draft);
    setDraft(next);
    submit(next, on);
  };
  const failed = answer?.saved === false ? answer : undefined;
  return {
    draft,
    dirty,
    saving: fetcher.state !== "idle" || navigation.state === "loading",
    errors: failed?.errors ?? {},
    refusal: failed?.refusal,
    conflict: failed?.conflict,
    set: (name, value) => setDraft((before) => ({ ...before, [name]: value })),
    // Whether what got no answer was saved is not known: sent once more as it was, it is not taken for somebody else's.
    save: () => (unanswered.current ? submit(unanswered.current, from.basedOn) : send(from.basedOn)),
    saveAnyway: () => send(failed?.conflict?.version ?? from.basedOn),
    discard: () => {
      unanswered.current = undefined;
      start({ saved, basedOn });
    },
  };
}

const asItIs = (draft: Draft): Draft => draft;
