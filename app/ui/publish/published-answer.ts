import { isRefusal, type Refusal } from "../../loyalty/refusal.ts";
import { actAnswer } from "../frame/act-answer.ts";
import type { ActAnswer } from "../frame/use-answer.ts";
import { publish as t } from "../texts/publish.ts";
import { datesIn } from "../words.ts";

type Published = { version: number; effectiveFrom: Date; mind?: string[] };

/** What is said after something was published: its number, and when it begins if that is not now. */
export function publishedAnswer(published: Published | Refusal, { now, timeZone }: { now: Date; timeZone: string }): ActAnswer {
  if (isRefusal(published)) return actAnswer(published, "");
  const { version, effectiveFrom, mind = [] } = published;
  const waits = effectiveFrom > now;
  const said = waits ? t.scheduled(version, datesIn(timeZone).moment(effectiveFrom)) : t.published(version);
  return actAnswer(published, mind.length > 0 ? t.mind(said, mind.join(" ")) : said);
}
