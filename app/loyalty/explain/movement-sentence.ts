import type { Balance } from "../ledger/accounts.ts";
import type { Points } from "../points.ts";
import type { Say } from "../say.ts";
import type { Explanation, Movement } from "./movement.ts";
import { whyNothing } from "./why-nothing-words.ts";

/** What a movement was, as one sentence; and what of it was owed or repaid. */
export const movementSentence = (movement: Movement, change: Balance, say: Say): string =>
  [sentenceOf(movement, change, say), ...aside(change, say)].join(" ");

function sentenceOf({ kind, explanation: told, postings }: Movement, change: Balance, say: Say): string {
  // Postings that repay a debt on the way are not what the sentence is about.
  const moved = Math.abs(told.points ?? postings.reduce((sum, one) => sum + one.amount, 0));
  const amount = say.amount(moved, told.unit ?? "points");
  const reward = rewardOf(told, say);
  const why = because(told.why, say);
  switch (kind) {
    case "order":
      return orderSentence(told, change, say);
    case "event":
      return eventSentence(told, say);
    case "gift":
      return say.in({ en: `${amount} given${why}.`, fr: `${amount} offerts${why}.` });
    case "reserve":
      return say.in({ en: `${amount} set aside for ${reward}.`, fr: `${amount} mis de côté pour ${reward}.` });
    case "redeem":
      return redeemSentence(told, reward, say);
    case "release":
      return say.in({ en: `${amount} of ${reward} came back${why}.`, fr: `${amount} de ${reward} sont revenus${why}.` });
    case "mature":
    case "expire":
      if (told.reward) return say.in({ en: `${amount} of ${reward} expired${why}.`, fr: `${amount} de ${reward} ont expiré${why}.` });
      return dueSentence(told, moved, kind, say);
    case "adjust": {
      const reason = because(told.reason, say);
      const isMore = (told.points ?? change.available + change.pending - change.owed) >= 0;
      const points = say.points(moved);
      return isMore
        ? say.in({ en: `Staff added ${points}${reason}.`, fr: `La boutique a ajouté ${points}${reason}.` })
        : say.in({ en: `Staff took away ${points}${reason}.`, fr: `La boutique a retiré ${points}${reason}.` });
    }
    case "import": {
      const from = told.fileName ? say.in({ en: ` from ${told.fileName}`, fr: ` de ${told.fileName}` }) : "";
      return say.in({ en: `Opening balance of ${say.points(moved)}${from}.`, fr: `Solde d’ouverture de ${say.points(moved)}${from}.` });
    }
    case "import undone": {
      const from = told.fileName ? say.in({ en: ` from ${told.fileName}`, fr: ` de ${told.fileName}` }) : "";
      return say.in({
        en: `The opening balance${from} was undone: ${say.points(moved)} taken away.`,
        fr: `Le solde d’ouverture${from} a été annulé : ${say.points(moved)} retirés.`,
      });
    }
    case "claim":
      return say.in({ en: `${amount} earned as a guest were claimed.`, fr: `${amount} gagnés sans compte ont été réunis.` });
    default:
      return say.in({ en: `${say.points(moved)} moved.`, fr: `Mouvement de ${say.points(moved)}.` });
  }
}

function rewardOf({ reward }: Explanation, say: Say): string {
  const name = (typeof reward === "string" ? reward : reward?.name) ?? say.in({ en: "a reward", fr: "une récompense" });
  return say.in({ en: `“${name}”`, fr: `« ${name} »` });
}

function because(why: string | undefined, say: Say): string {
  if (!why) return "";
  const said = why.trim().replace(/\.$/, "");
  return say.in({ en: `: ${said}`, fr: ` : ${said}` });
}

function orderSentence(told: Explanation, change: Balance, say: Say): string {
  const { order = say.in({ en: "An order", fr: "Une commande" }), due = 0, recorded = 0, units, judgement } = told;
  if (units && Object.keys(units).length > 0) return unitsSentence(order, { due, recorded, units }, say);
  const [now, before] = [say.points(due), say.points(recorded)];
  if (due >= recorded && recorded === 0) {
    const isPending = change.pending > 0;
    return say.in({
      en: `${order} earned ${now}${isPending ? ", not spendable yet" : ""}.`,
      fr: `${order} a donné ${now}${isPending ? ", en attente" : ""}.`,
    });
  }
  if (due > recorded)
    return say.in({
      en: `${order} changed and now earns ${now} instead of ${before}.`,
      fr: `${order} a changé et donne maintenant ${now} au lieu de ${before}.`,
    });
  if (due === 0) {
    const why = say.in(judgement?.nothing ? whyNothing[judgement.nothing] : judgement && judgement.due > 0 ? elsewhere : returned);
    return say.in({ en: `${order} ${why}, so its ${before} were taken back.`, fr: `${order} ${why} : ses ${before} ont été repris.` });
  }
  return say.in({
    en: `${order} was changed or partly returned and now earns ${now} instead of ${before}.`,
    fr: `${order} a été modifiée ou retournée en partie et donne maintenant ${now} au lieu de ${before}.`,
  });
}

const returned = { en: "was returned", fr: "a été retournée" };
const elsewhere = { en: "belongs to somebody else now", fr: "est maintenant à quelqu’un d’autre" };

const occasions = {
  joined: { en: "Joining", fr: "L’inscription" },
  birthday: { en: "A birthday", fr: "Un anniversaire" },
  anniversary: { en: "An anniversary of joining", fr: "Un anniversaire d’inscription" },
} as const;

function eventSentence({ event, due = 0, recorded = 0, units = {} }: Explanation, say: Say): string {
  const known = occasions[event?.trigger as keyof typeof occasions];
  const name = event?.name ?? say.in({ en: "An event", fr: "Un événement" });
  return unitsSentence(say.in(known ?? { en: `“${name}”`, fr: `« ${name} »` }), { due, recorded, units }, say);
}

function unitsSentence(
  what: string,
  { due, recorded, units }: { due: Points; recorded: Points; units: NonNullable<Explanation["units"]> },
  say: Say,
): string {
  const all = { ...(due + recorded > 0 ? { points: { due, recorded } } : {}), ...units };
  const said = (which: "due" | "recorded") =>
    Object.entries(all)
      .filter(([, one]) => one[which] > 0)
      .map(([unit, one]) => say.amount(one[which], unit))
      .join(say.in({ en: " and ", fr: " et " }));
  const [now, before] = [said("due"), said("recorded")];
  if (!before && !now) return say.in({ en: `${what} earned nothing.`, fr: `${what} n’a rien donné.` });
  if (!before) return say.in({ en: `${what} earned ${now}.`, fr: `${what} a donné ${now}.` });
  return now
    ? say.in({
        en: `${what} changed and now earns ${now} instead of ${before}.`,
        fr: `${what} a changé et donne maintenant ${now} au lieu de ${before}.`,
      })
    : say.in({
        en: `${what} no longer counts, so its ${before} were taken back.`,
        fr: `${what} ne compte plus : ses ${before} ont été repris.`,
      });
}

function redeemSentence(told: Explanation, reward: string, say: Say): string {
  const { order = say.in({ en: "An order", fr: "Une commande" }), cost = 0, points = 0, given = 0, unit = "points" } = told;
  if (told.cancelled)
    return say.in({
      en: `${order} was cancelled, so the ${say.amount(points, unit)} of ${reward} came back.`,
      fr: `${order} a été annulée : les ${say.amount(points, unit)} de ${reward} sont revenus.`,
    });
  const used = say.in({
    en: `${reward} took ${say.money(given)} off ${order} and cost ${say.amount(cost, unit)}.`,
    fr: `${reward} a retiré ${say.money(given)} de ${order} et coûté ${say.amount(cost, unit)}.`,
  });
  const late = told.wasReleased
    ? say.in({ en: " Its points had come back before, and were taken again.", fr: " Ses points étaient revenus, et ont été repris." })
    : "";
  if (cost >= points) return used + late;
  const back = say.amount(points - cost, unit);
  const rest = say.in({
    en: `The order could not use all of it, so ${back} came back.`,
    fr: `La commande ne pouvait pas tout utiliser : ${back} sont revenus.`,
  });
  return `${used} ${rest}${late}`;
}

// Both come due in one transaction where both are due.
function dueSentence({ matured, expired, unit = "points" }: Explanation, moved: Points, kind: "mature" | "expire", say: Say): string {
  const parts = [
    { points: matured ?? (kind === "mature" ? moved : 0), what: { en: "became spendable", fr: "sont maintenant disponibles" } },
    { points: expired ?? (kind === "expire" ? moved : 0), what: { en: "expired", fr: "ont expiré" } },
  ].filter((part) => part.points > 0);
  return `${parts.map((part) => `${say.amount(part.points, unit)} ${say.in(part.what)}`).join(say.in({ en: " and ", fr: " et " }))}.`;
}

// What a member owes is said whatever it came from.
function aside({ owed }: Balance, say: Say): string[] {
  if (owed > 0)
    return [
      say.in({
        en: `${say.points(owed)} had been spent already and are owed: the next ones earned repay them.`,
        fr: `${say.points(owed)} étaient déjà utilisés et restent dus : les prochains les rembourseront.`,
      }),
    ];
  if (owed < 0)
    return [say.in({ en: `${say.points(-owed)} repaid what was owed.`, fr: `${say.points(-owed)} ont remboursé ce qui était dû.` })];
  return [];
}
