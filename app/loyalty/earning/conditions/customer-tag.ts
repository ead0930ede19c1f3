import { z } from "zod";
import { texts } from "../../settings.ts";
import { conditionKind } from "../condition-kind.ts";
import { oneOfTexts } from "../same-text.ts";

export const customerTag = conditionKind({
  name: "customer tag",
  label: "Customer tag",
  about: "member",
  needs: ["customer tags"],
  settings: z.strictObject({ tags: texts({ label: "Tags", help: "One of them is enough.", suggest: "customer tags" }) }),
  sentence: ({ tags }, say) => say.in({ en: `for customers tagged ${say.list(tags)}`, fr: `pour les clients marqués ${say.list(tags)}` }),
  lookup: { wanted: ({ tags }) => tags, ofOccasion: ({ member }) => member.tags, sawNone: () => null },
  compile: ({ tags }) => {
    const isWanted = oneOfTexts(tags);
    return ({ member }) => member.tags.some(isWanted);
  },
  // Only what was asked for: the other tags of a customer are nobody's business in a trace.
  saw: ({ member }, { tags }) => {
    const seen = member.tags.filter(oneOfTexts(tags));
    return seen.length === 0 ? null : seen.join(", ");
  },
  sawAs: "text",
});
