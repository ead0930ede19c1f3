import { type Card, type ProgrammeCard, spendable } from "../../loyalty/card.ts";
import type { ForShopper } from "../../loyalty/explain/for-shoppers.ts";
import type { Say } from "../../loyalty/say.ts";
import { form, type Hidden } from "./confirm-page.ts";
import { type Html, html } from "./html.ts";
import { page } from "./page.ts";
import type { Words } from "./words.ts";

export type AccountPage = {
  words: Words;
  say: Say;
  locale: string;
  timeZone: string;
  card: Card;
  programme: ProgrammeCard;
  movements: (ForShopper & { at: Date })[];
  older: string | null;
  notice: string | null;
  /** The proxy's own address, such as /apps/laurel. */
  proxyPath: string;
  codeHref: (code: string) => string;
  handBackHidden: (redemptionId: string) => Hidden;
};

/** All that a member has and what happened to it, without script. */
export function accountPage(at: AccountPage): Html {
  const { words, say, card } = at;
  return page(
    words.yours(card.name.other),
    html`${at.notice && html`<p role="status">${at.notice}</p>`}
<p class="laurel-balance">${say.points(card.points)}</p>
${card.pending > 0 && html`<p>${words.pending(say.points(card.pending))}</p>`}
${card.owed > 0 && html`<p>${words.owed(say.points(card.owed))}</p>`}
${units(at)}
${card.badges && html`<p>${words.badges(card.badges.map((one) => one.name))}</p>`}
${card.open && card.next && html`<p>${words.next(say.points(card.next.missing), card.next.name)}</p>`}
${!card.open && html`<p>${words.refused["not live"]}</p>`}
${card.codes.length > 0 && codes(at)}
${card.open && rewards(at)}
${statement(at)}`,
  );
}

// "6 of 9 stamps for A coffee": the cheapest reward of the unit that they cannot have yet.
function units({ words, say, card, programme }: AccountPage): Html[] {
  return (card.units ?? []).map(({ id, available, pending }) => {
    const next = card.open ? programme.rewards.find((one) => one.unit?.id === id && one.points > available) : undefined;
    const has = next ? words.ofNext(say.number(available), say.amount(next.points, id), next.name) : words.have(say.amount(available, id));
    return html`<p>${has}${pending > 0 && ` ${words.pending(say.amount(pending, id))}`}</p>`;
  });
}

const codes = ({ words, card, proxyPath, codeHref, handBackHidden, ...at }: AccountPage): Html => html`<h2>${words.codes}</h2>
<ul role="list">${card.codes.map(
  (
    one,
  ) => html`<li><span><strong>${one.reward}</strong> <code>${one.code}</code> ${words.until(day(at, new Date(Date.parse(one.expiresAt) - 1)))}</span>
<span class="laurel-actions"><a class="laurel-do" href="${codeHref(one.code)}" aria-label="${words.labelOfUse(one.reward)}">${words.use}</a>
${!one.kept && form(`${proxyPath}/hand-back`, handBackHidden(one.redemptionId), words.handBack, words.handBackLabel(one.reward))}</span></li>`,
)}</ul>`;

const rewards = ({ words, say, card, programme, proxyPath, locale }: AccountPage): Html => html`<h2>${words.rewards}</h2>
<ul role="list">${programme.rewards.map((reward) => {
  const unit = reward.unit?.id ?? "points";
  const missing = reward.points - spendable(card, unit);
  const cost = say.amount(reward.points, unit);
  const href = `${proxyPath}/redeem?${new URLSearchParams({ reward: reward.id, locale })}`;
  return html`<li><span><strong>${reward.name}</strong> ${reward.sentence} · ${cost}</span>
${
  missing > 0
    ? html`<span>${words.missing(say.amount(missing, unit))}</span>`
    : html`<a class="laurel-do" href="${href}" aria-label="${words.redeemLabel(reward.name, cost)}">${words.redeem}</a>`
}</li>`;
})}</ul>
<h2>${words.earning}</h2>
<ul role="list">${programme.earning.map((rule) => html`<li>${rule.sentence}</li>`)}</ul>`;

function statement(at: AccountPage): Html {
  const { words, say, movements, older, proxyPath, locale } = at;
  return html`<h2>${words.statement}</h2>
${movements.length === 0 && html`<p>${words.noMovements}</p>`}
<ul role="list">${movements.map(
    ({ sentence, points, steps, ...one }) =>
      html`<li><span><time datetime="${one.at.toISOString()}">${day(at, one.at)}</time>${sentence}
${steps.length > 0 && why(points > 0 ? words.why(say.points(points)) : words.whyNot, steps)}</span>
<strong>${points > 0 && "+"}${points !== 0 && say.points(points)}</strong></li>`,
  )}</ul>
${older && html`<p><a class="laurel-do" href="${`${proxyPath}?${new URLSearchParams({ before: older, locale })}`}">${words.older}</a></p>`}`;
}

// Opens without script.
const why = (summary: string, steps: readonly string[]): Html =>
  html`<details><summary>${summary}</summary><ul>${steps.map((step) => html`<li>${step}</li>`)}</ul></details>`;

const day = ({ locale, timeZone }: { locale: string; timeZone: string }, at: Date): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone }).format(at);
