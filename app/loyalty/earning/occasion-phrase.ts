import type { Say, Texts } from "../say.ts";
import type { EarningRule } from "./rule.ts";

const phrases: Record<Exclude<EarningRule["on"]["kind"], "event">, Texts> = {
  order: { en: "for every order", fr: "par commande" },
  joined: { en: "for joining", fr: "à l’inscription" },
  birthday: { en: "on your birthday", fr: "le jour de votre anniversaire" },
  anniversary: { en: "on every anniversary of joining", fr: "à chaque anniversaire de votre inscription" },
};

// Events that many shops have, said as what the member does.
const events: Record<string, Texts> = {
  "review.written": { en: "when you write a review", fr: "quand vous écrivez un avis" },
  "newsletter.subscribed": { en: "when you subscribe to the newsletter", fr: "quand vous vous abonnez à la newsletter" },
  "survey.answered": { en: "when you answer a survey", fr: "quand vous répondez à un sondage" },
  "shop.visited": { en: "when you visit us", fr: "quand vous nous rendez visite" },
  "account.followed": { en: "when you follow us", fr: "quand vous nous suivez" },
};

/** What a rule pays for, after a fixed award: "for joining", "when you write a review". */
export function occasionPhrase(on: EarningRule["on"], say: Say): string {
  if (on.kind !== "event") return say.in(phrases[on.kind]);
  const known = Object.hasOwn(events, on.name) ? events[on.name] : undefined;
  const words = on.name.replaceAll(/[._-]+/g, " ").trim();
  return say.in(known ?? { en: `for “${words}”`, fr: `pour « ${words} »` });
}
