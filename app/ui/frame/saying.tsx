import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef } from "react";
import { publish as t } from "../texts/publish.ts";
import type { ActAnswer } from "./use-answer.ts";

type SayDone = (said: string, undo?: number) => void;

const Saying = createContext<SayDone>(() => undefined);

/** Says in a toast that something is done; with `undo`, the draft's revision that it made, one click takes it back. */
export const useSaying = (): SayDone => useContext(Saying);

// Kept by the frame: the page that did something is often left by the time somebody wants it undone.
export function SayingProvider({ children }: { children: ReactNode }) {
  const shopify = useAppBridge();
  const { submit, data, state } = useFetcher<ActAnswer>();
  const heard = useRef<ActAnswer>(undefined);

  useEffect(() => {
    if (state !== "idle" || !data || heard.current === data) return;
    heard.current = data;
    if (data.done) shopify.toast.show(data.said);
    else shopify.toast.show(data.sentence, { isError: true });
  });

  const say = useCallback<SayDone>(
    (said, undo) => {
      if (undo === undefined) return void shopify.toast.show(said);
      const onAction = () =>
        submit({ what: "undo", revision: undo }, { method: "post", encType: "application/json", action: "/app/publish" });
      shopify.toast.show(said, { action: t.undo, duration: 10_000, onAction });
    },
    [shopify, submit],
  );
  return <Saying.Provider value={say}>{children}</Saying.Provider>;
}
