import { together } from "../earning/together.ts";
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
      return say.in({ en: `${amount} given${why}.`, fr: `${amount} ${some(moved, "offert", "offerts")}${why}.` });
    case "reserve":
      return say.in({ en: `${amount} set aside for ${reward}.`, fr: `${amount} mis de côté pour ${reward}.` });
    case "redeem":
      return redeemSentence(told, reward, say);
    case "release":
      return say.in({
        en: `${amount} of ${reward} came back${why}.`,
        fr: `${amount} de ${reward} ${some(moved, "est revenu", "sont revenus")}${why}.`,
      });
    case "mature":
    case "expire":
      if (told.reward)
        return say.in({
          en: `${amount} of ${reward} expired${why}.`,
          fr: `${amount} de ${reward} ${some(moved, "a", "ont")} expiré${why}.`,
        });
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
        fr: `Le solde d’ouverture${from} a été annulé : ${say.points(moved)} ${some(moved, "retiré", "retirés")}.`,
      });
    }
    case "claim":
      return say.in({
        en: `${amount} earned as a guest ${moved === 1 ? "was" : "were"} claimed.`,
        fr: `${amount} ${some(moved, "gagné sans compte a été réuni", "gagnés sans compte ont été réunis")}.`,
      });
    default:
      return say.in({ en: `${say.points(moved)} moved.`, fr: `Mouvement de ${say.points(moved)}.` });
  }
}

// French counts nothing and a half as one.
const some = (amount: number, one: string, several: string): string => (amount < 2 ? one : several);

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
  const { order = say.in({ en: "An order", fr: "Une commande" }), judgement, asSold } = told;
  const [now, before] = [amountsOf(told, "due", say), amountsOf(told, "recorded", say)];
  if (!now && !before) return say.in({ en: `${order} earned nothing.`, fr: `${order} n’a rien donné.` });
  if (!before) {
    const isPending = change.pending > 0 && Object.keys(told.units ?? {}).length === 0;
    return say.in({
      en: `${order} earned ${now}${isPending ? ", not spendable yet" : ""}.`,
      fr: `${order} a donné ${now}${isPending ? ", en attente" : ""}.`,
    });
  }
  const isMore = each(told).every(([, one]) => one.due >= one.recorded);
  const what = say.in(asSold ? lookedAgain : isMore ? changed : partly);
  if (now)
    return say.in({
      en: `${order} ${what} and now earns ${now} instead of ${before}.`,
      fr: `${order} ${what} et donne maintenant ${now} au lieu de ${before}.`,
    });
  const why = judgement?.nothing ? whyNothing[judgement.nothing] : isElsewhere(judgement) ? elsewhere : (whatIsLeft(told) ?? returned);
  return say.in({
    en: `${order} ${why.en}, so ${takenBack(told, say)}.`,
    fr: `${order} ${why.fr} : ${takenBack(told, say)}.`,
  });
}

const changed = { en: "changed", fr: "a changé" };
const partly = { en: "was changed or partly returned", fr: "a été modifiée ou retournée en partie" };
// An older order came late, or its member's tier or limits are not what they were: nothing of this one came back.
const lookedAgain = { en: "was looked at again", fr: "a été revue" };
const returned = { en: "was returned", fr: "a été retournée" };
const elsewhere = { en: "belongs to somebody else now", fr: "est maintenant à quelqu’un d’autre" };

const isElsewhere = (judgement: Explanation["judgement"]): boolean =>
  judgement !== undefined && (judgement.due > 0 || Object.values(judgement.units ?? {}).some((amount) => amount > 0));

// Something of it is still there, and earns nothing.
function whatIsLeft({ judgement, asSold }: Explanation): { en: string; fr: string } | null {
  if (asSold) return { en: `${lookedAgain.en} and earns nothing now`, fr: `${lookedAgain.fr} et ne donne plus rien` };
  return judgement && judgement.amount > 0 ? { en: `${partly.en} and earns nothing now`, fr: `${partly.fr} et ne donne plus rien` } : null;
}

const occasions = {
  joined: { en: "Joining", fr: "L’inscription" },
  birthday: { en: "A birthday", fr: "Un anniversaire" },
  anniversary: { en: "An anniversary of joining", fr: "Un anniversaire d’inscription" },
} as const;

function eventSentence(told: Explanation, say: Say): string {
  const { event } = told;
  const known = occasions[event?.trigger as keyof typeof occasions];
  const name = event?.name ?? say.in({ en: "An event", fr: "Un événement" });
  const what = say.in(known ?? { en: `“${name}”`, fr: `« ${name} »` });
  const [now, before] = [amountsOf(told, "due", say), amountsOf(told, "recorded", say)];
  if (!before && !now) return say.in({ en: `${what} earned nothing.`, fr: `${what} n’a rien donné.` });
  if (!before) return say.in({ en: `${what} earned ${now}.`, fr: `${what} a donné ${now}.` });
  return now
    ? say.in({
        en: `${what} changed and now earns ${now} instead of ${before}.`,
        fr: `${what} a changé et donne maintenant ${now} au lieu de ${before}.`,
      })
    : say.in({
        en: `${what} no longer counts, so ${takenBack(told, say)}.`,
        fr: `${what} ne compte plus : ${takenBack(told, say)}.`,
      });
}

type Which = "due" | "recorded";

const each = ({ due = 0, recorded = 0, units = {} }: Explanation): [unit: string, one: Record<Which, Points>][] => [
  ...(due + recorded > 0 ? [["points", { due, recorded }] as [string, Record<Which, Points>]] : []),
  ...Object.entries(units),
];

/** "617 points, 123 miles and 2 stamps" */
const amountsOf = (told: Explanation, which: Which, say: Say): string =>
  together(
    each(told).flatMap(([unit, one]) => (one[which] > 0 ? [say.amount(one[which], unit)] : [])),
    say,
  );

function takenBack(told: Explanation, say: Say): string {
  const before = amountsOf(told, "recorded", say);
  const isOne = each(told).reduce((sum, [, one]) => sum + one.recorded, 0) === 1;
  return isOne
    ? say.in({ en: `its ${before} was taken back`, fr: `${before} a été repris` })
    : say.in({ en: `its ${before} were taken back`, fr: `ses ${before} ont été repris` });
}

function redeemSentence(told: Explanation, reward: string, say: Say): string {
  const { order = say.in({ en: "An order", fr: "Une commande" }), cost = 0, points = 0, given = 0, unit = "points" } = told;
  if (told.cancelled)
    return say.in({
      en: `${order} was cancelled, so the ${say.amount(points, unit)} of ${reward} came back.`,
      fr: `${order} a été annulée : ${some(points, "", "les ")}${say.amount(points, unit)} de ${reward} ${some(points, "est revenu", "sont revenus")}.`,
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
    fr: `La commande ne pouvait pas tout utiliser : ${back} ${some(points - cost, "est revenu", "sont revenus")}.`,
  });
  return `${used} ${rest}${late}`;
}

// Both come due in one transaction where both are due.
function dueSentence({ matured, expired, unit = "points" }: Explanation, moved: Points, kind: "mature" | "expire", say: Say): string {
  const parts = [
    {
      points: matured ?? (kind === "mature" ? moved : 0),
      what: { en: "became spendable", one: "est maintenant disponible", fr: "sont maintenant disponibles" },
    },
    { points: expired ?? (kind === "expire" ? moved : 0), what: { en: "expired", one: "a expiré", fr: "ont expiré" } },
  ].filter((part) => part.points > 0);
  return `${parts.map(({ points, what: { en, one, fr } }) => `${say.amount(points, unit)} ${say.in({ en, fr: some(points, one, fr) })}`).join(say.in({ en: " and ", fr: " et " }))}.`;
}

// What a member owes is said whatever it came from.
function aside({ owed }: Balance, say: Say): string[] {
  const points = say.points(Math.abs(owed));
  if (owed > 0)
    return [
      owed === 1
        ? say.in({
            en: `${points} had been spent already and is owed: the next ones earned repay it.`,
            fr: `${points} était déjà utilisé et reste dû : les prochains le rembourseront.`,
          })
        : say.in({
            en: `${points} had been spent already and are owed: the next ones earned repay them.`,
            fr: `${points} étaient déjà utilisés et restent dus : les prochains les rembourseront.`,
          }),
    ];
  if (owed < 0)
    return [
      say.in({
        en: `${points} repaid what was owed.`,
        fr: `${points} ${some(-owed, "a", "ont")} remboursé ce qui était dû.`,
      }),
    ];
  return [];
}
