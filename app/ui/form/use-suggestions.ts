import { useFetcher } from "@remix-run/react";
import { useEffect, useRef } from "react";
import type { FieldMeta, Option } from "../../loyalty/settings.ts";

export type Suggest = NonNullable<FieldMeta["suggest"]> | "segments" | "selling plans" | "named products";

/** What the route that proposes answers. `failed`: Shopify could not be asked. */
export type Suggested = { found: Option[]; failed?: boolean };

/** Proposals of the shop while somebody types: asked for shortly after the last letter, and never twice. */
export function useSuggestions(what: Suggest | undefined, text: string): { found: Option[]; loading: boolean; failed: boolean } {
  const fetcher = useFetcher<Suggested | null>();
  const asked = useRef<string>(undefined);
  useEffect(() => {
    if (!what) return;
    const query = new URLSearchParams({ what, text }).toString();
    if (asked.current === query) return;
    const timer = setTimeout(
      () => {
        asked.current = query;
        fetcher.load(`/app/suggest?${query}`);
      },
      asked.current === undefined ? 0 : 200,
    );
    return () => clearTimeout(timer);
  });
  return {
    found: fetcher.data?.found ?? [],
    // What is read again, such as after a save, is shown meanwhile.
    loading: what !== undefined && fetcher.data === undefined,
    failed: fetcher.data === null || (fetcher.data?.failed ?? false),
  };
}
