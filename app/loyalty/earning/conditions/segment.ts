import { z } from "zod";
import { segments } from "../../settings.ts";
import { conditionKind } from "../condition-kind.ts";

/** Shopify decides who is in a segment; what it said is pinned with the occasion. */
export const segment = conditionKind({
  name: "segment",
  label: "Shopify segment",
  about: "member",
  needs: ["segments"],
  settings: z.strictObject({ segments: segments({ label: "Segments", help: "One of them is enough." }) }),
  sentence: ({ segments }, say) => {
    const titles = say.list(segments.map((one) => one.title));
    return say.in({ en: `for customers in ${titles}`, fr: `pour les clients du segment ${titles}` });
  },
  lookup: { wanted: ({ segments }) => segments.map((one) => one.gid), ofOccasion: ({ member }) => member.segments, sawNone: () => null },
  compile: ({ segments }) => {
    const wanted = new Set(segments.map((one) => one.gid));
    return ({ member }) => member.segments.some((gid) => wanted.has(gid));
  },
  saw: ({ member }, { segments }) =>
    segments
      .filter((one) => member.segments.includes(one.gid))
      .map((one) => one.title)
      .join(", ") || null,
  sawAs: "text",
});
