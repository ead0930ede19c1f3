import { z } from "zod";
import type { LocalMoment } from "../../local-time.ts";
import type { Say } from "../../say.ts";
import { choices, timeOfDay } from "../../settings.ts";
import { conditionKind } from "../condition-kind.ts";

const days = { "1": "Monday", "2": "Tuesday", "3": "Wednesday", "4": "Thursday", "5": "Friday", "6": "Saturday", "7": "Sunday" } as const;

/** Days of the week, and hours of them, by the clocks of the programme's zone. `until` is not part of it. */
export const weekday = conditionKind({
  name: "weekday and hours",
  label: "Day of the week and hours",
  about: "time",
  settings: z.strictObject({
    days: choices({ label: "Days" }, days),
    from: timeOfDay({ label: "From", help: "Leave empty for the whole day." }).nullable().default(null),
    until: timeOfDay({ label: "Until", help: "A time before “from” is on the next day." }).nullable().default(null),
  }),
  sentence: ({ days: chosen, from, until }, say) => {
    const names = say.list(chosen.map((day) => say.weekday(Number(day))));
    const hours =
      from || until
        ? say.in({ en: ` from ${hour(from, say)} to ${hour(until, say)}`, fr: ` de ${hour(from, say)} à ${hour(until, say)}` })
        : "";
    return say.in({ en: `on ${names}${hours}`, fr: `le ${names}${hours}` });
  },
  lookup: {
    wanted: ({ days: chosen, from, until }) => (from === null && until === null ? chosen : null),
    ofOccasion: ({ local }) => String(local().weekday),
    sawNone: ({ local }) => dayOf(local()),
  },
  compile: ({ days: chosen, from, until }) => {
    const wanted = new Set(chosen.map(Number));
    const begins = from ? minutesOf(from) : 0;
    const ends = until ? minutesOf(until) : 24 * 60;
    return ({ local }) => {
      const { weekday: day, minutes } = local();
      if (begins < ends) return wanted.has(day) && minutes >= begins && minutes < ends;
      // Past midnight it is still the evening of the day before.
      return (wanted.has(day) && minutes >= begins) || (wanted.has(day === 1 ? 7 : day - 1) && minutes < ends);
    };
  },
  // The time of the day where it was asked for.
  saw: ({ local }, { from, until }) => (from === null && until === null ? dayOf(local()) : `${dayOf(local())} ${local().time}`),
});

// A day begins and ends at midnight.
const hour = (time: string | null, say: Say): string =>
  time === null || time === "00:00" ? say.in({ en: "midnight", fr: "minuit" }) : say.time(time);

const dayOf = ({ weekday: day }: LocalMoment): string => days[String(day) as keyof typeof days];

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
