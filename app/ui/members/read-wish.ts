import { z } from "zod";

const cursor = z.object({ key: z.string(), memberId: z.uuid(), backwards: z.boolean() });
export type PageCursor = z.infer<typeof cursor>;

/** What the address of the list asks for. An address that somebody changed by hand begins at the start. */
export function readWish(url: URL) {
  const search = (url.searchParams.get("search") ?? "").slice(0, 100);
  const [sort, way] = (url.searchParams.get("sort") ?? "joined desc").split(" ");
  return {
    search,
    sort: sort === "name" || sort === "points" ? (sort as "name" | "points") : ("joined" as const),
    descending: way !== "asc",
    cursor: cursorOf(url.searchParams.get("cursor")),
    size: 50,
  };
}

export const cursorText = (one: PageCursor | null): string | null => (one ? btoa(encodeURIComponent(JSON.stringify(one))) : null);

function cursorOf(text: string | null): PageCursor | null {
  if (!text) return null;
  try {
    return cursor.parse(JSON.parse(decodeURIComponent(atob(text))));
  } catch {
    return null;
  }
}
