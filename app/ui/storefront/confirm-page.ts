import { type Html, html } from "./html.ts";
import { page } from "./page.ts";
import type { Words } from "./words.ts";

export type Hidden = Record<string, string>;

/** Asks once more, for whoever has no script: the form carries an id, so that two taps give one code. */
export function redeemPage(
  words: Words,
  ask: {
    reward: string;
    sentence: string;
    cost: string;
    action: string;
    hidden: Hidden;
    back: string;
    waiting: { code: string; href: string } | null;
  },
): Html {
  const waiting = ask.waiting
    ? html`<p>${words.already(ask.reward)}</p>
<p><a class="laurel-do" href="${ask.waiting.href}" aria-label="${words.labelOfUse(ask.reward)}">${words.use}</a> <code>${ask.waiting.code}</code></p>`
    : null;
  return page(
    words.redeemAsk(ask.reward),
    html`${waiting}
<p>${words.redeemText(ask.sentence, ask.cost)}</p>
${form(ask.action, ask.hidden, ask.waiting ? words.another : words.redeem)}
<p><a href="${ask.back}">${words.back}</a></p>`,
  );
}

export const handBackPage = (words: Words, ask: { reward: string; action: string; hidden: Hidden; back: string }): Html =>
  page(
    words.handBack,
    html`<p>${words.handBackAsk(ask.reward)}</p>
${form(ask.action, ask.hidden, words.handBack)}
<p><a href="${ask.back}">${words.back}</a></p>`,
  );

/** State is changed by POST and by nothing else. */
export const form = (action: string, hidden: Hidden, label: string, longLabel = label): Html =>
  html`<form method="post" action="${action}">${Object.entries(hidden).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )}<button class="laurel-do" type="submit" aria-label="${longLabel}">${label}</button></form>`;
