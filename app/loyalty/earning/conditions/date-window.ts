import { z } from "zod";
import { localTime } from "../../settings.ts";
import { conditionKind } from "../condition-kind.ts";
import { ascending, atLeastOne } from "../filled-in.ts";
import { windowOf, windowSentence } from "../window.ts";

/** From one day and time to another by the clocks of the programme's zone. The end is not part of it. */
export const dateWindow = conditionKind({
  name: "date window",
  label: "Date and time",
  about: "time",
  settings: z
    .strictObject({
      from: localTime({ label: "From" }).nullable().default(null),
      until: localTime({ label: "Until", help: "This moment is not part of it any more." }).nullable().default(null),
    })
    .superRefine(atLeastOne("from", "until"))
    .superRefine(ascending("from", "until", { open: true })),
  sentence: windowSentence,
  compile: (window, { timeZone }) => {
    const isWithin = windowOf(window, timeZone);
    return ({ at }) => isWithin(at);
  },
  saw: ({ local }) => local().text,
  sawAs: "time",
});
