import { useFetcher } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { useSaying } from "./saying.tsx";

/** What a single act answers: done, with something to say and perhaps to undo, or why not and in which field. */
export type ActAnswer = { done: true; said: string; undo?: number } | { done: false; sentence: string; field?: string };

/** Sends one act, says in a toast when it is done, and hands back why not. */
export type Act = ReturnType<typeof useAct>;

export function useAct(onDone: () => void) {
  const fetcher = useFetcher<ActAnswer>();
  const say = useSaying();
  const heard = useRef<ActAnswer>(undefined);
  const answer = fetcher.data;

  useEffect(() => {
    if (fetcher.state !== "idle" || !answer || heard.current === answer) return;
    heard.current = answer;
    if (!answer.done) return;
    say(answer.said, answer.undo);
    onDone();
  });

  return {
    busy: fetcher.state !== "idle",
    refused: answer && !answer.done && fetcher.state === "idle" ? answer : undefined,
    send: (act: Record<string, unknown>, to?: string) =>
      fetcher.submit(act as never, { method: "post", encType: "application/json", action: to }),
  };
}
