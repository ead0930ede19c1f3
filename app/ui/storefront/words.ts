import type { Explained, Movement } from "../../loyalty/explain.ts";
import type { Say } from "../../loyalty/say.ts";

/** What the shop's pages say besides the merchant's own words. `reason` says why points moved. */
export type Words = typeof en;
export type Locale = "en" | "fr";

const en = {
  yours: (points: string) => `Your ${points}`,
  have: (points: string) => `You have ${points}.`,
  pending: (points: string) => `${points} on the way.`,
  owed: (points: string) => `${points} to make up for returned orders.`,
  next: (points: string, reward: string) => `${points} more for ${reward}.`,
  ofNext: (have: string, all: string, reward: string) => `${have} of ${all} for ${reward}.`,
  badges: (names: readonly string[]) => `Badges: ${names.join(", ")}`,
  codes: "Ready to use",
  use: "Use now",
  labelOfUse: (reward: string) => `Use now: ${reward}`,
  until: (day: string) => `until ${day}`,
  handBack: "Hand back",
  handBackLabel: (reward: string) => `Hand back: ${reward}`,
  handBackAsk: (reward: string) => `Hand back ${reward}? The code stops working and its points come back to you.`,
  handedBack: "Handed back. The code no longer works, and its points are yours again within a few minutes.",
  rewards: "Rewards",
  redeem: "Redeem",
  redeemLabel: (reward: string, points: string) => `Redeem ${reward} for ${points}`,
  redeemAsk: (reward: string) => `Redeem ${reward}?`,
  redeemText: (reward: string, points: string) => `${reward} for ${points}. It is taken off your cart at once.`,
  another: "Redeem another one",
  already: (reward: string) => `You already have a code for ${reward} that is not used.`,
  missing: (points: string) => `${points} more needed`,
  earning: "How to earn",
  statement: "What happened",
  noMovements: "Nothing has happened yet.",
  older: "Older",
  back: "Back",
  toRewards: "See your points and rewards",
  notEnough: (points: string) => `You need ${points} more for this reward.`,
  refused: {
    unclear: "Something was missing in this request. Please open the reward again.",
    elsewhere: "This request did not come from the shop. Please open the reward in the shop and try again.",
    "not live": "The loyalty programme is not open for you at the moment. What you have is kept.",
    "no such reward": "This reward is not offered any more. Please choose another one.",
    kept: "This reward cannot be handed back. Use its code before its day, or contact the shop.",
    "no such code": "This code is not waiting to be used. It may have been used or handed back already.",
    "too old": "This page has been open for too long. Please open the reward again.",
    "not made yet": "Your code is being made and your points are safe. Please try again in a moment: you will get the same code.",
  } as Record<string, string>,
  wentWrong: "That did not work",
  reason: (_: Movement, explained: Explained, _say: Say): string => explained.sentence,
};

const fr: Words = {
  yours: (points) => `Vos ${points}`,
  have: (points) => `Vous avez ${points}.`,
  pending: (points) => `${points} en attente.`,
  owed: (points) => `${points} à compenser pour des commandes retournées.`,
  ofNext: (have, all, reward) => `${have} sur ${all} pour ${reward}.`,
  badges: (names) => `Badges : ${names.join(", ")}`,
  next: (points, reward) => `Encore ${points} pour ${reward}.`,
  codes: "Prêts à utiliser",
  use: "Utiliser",
  labelOfUse: (reward) => `Utiliser : ${reward}`,
  until: (day) => `jusqu’au ${day}`,
  handBack: "Rendre",
  handBackLabel: (reward) => `Rendre : ${reward}`,
  handBackAsk: (reward) => `Rendre ${reward} ? Le code ne sera plus valable et ses points vous reviendront.`,
  handedBack: "C’est rendu. Le code n’est plus valable et ses points vous reviennent dans quelques minutes.",
  rewards: "Récompenses",
  redeem: "Échanger",
  redeemLabel: (reward, points) => `Échanger ${points} contre ${reward}`,
  redeemAsk: (reward) => `Échanger contre ${reward} ?`,
  redeemText: (reward, points) => `${reward} pour ${points}. La réduction s’applique aussitôt à votre panier.`,
  another: "En échanger un autre",
  already: (reward) => `Vous avez déjà un code pour ${reward} qui n’est pas utilisé.`,
  missing: (points) => `Encore ${points}`,
  earning: "Comment en gagner",
  statement: "Historique",
  noMovements: "Il ne s’est encore rien passé.",
  older: "Plus ancien",
  back: "Retour",
  toRewards: "Voir vos points et récompenses",
  notEnough: (points) => `Il vous manque ${points} pour cette récompense.`,
  refused: {
    unclear: "Il manquait quelque chose dans cette demande. Veuillez rouvrir la récompense.",
    elsewhere: "Cette demande ne vient pas de la boutique. Veuillez ouvrir la récompense dans la boutique et réessayer.",
    "not live": "Le programme de fidélité ne vous est pas ouvert pour le moment. Ce que vous avez est conservé.",
    "not a member": "Ce compte ne participe pas au programme. Veuillez contacter la boutique.",
    excluded: "Ce compte ne participe pas au programme.",
    "too few points": "Vous n’avez pas assez de points pour cette récompense.",
    "no such reward": "Cette récompense n’est plus proposée. Veuillez en choisir une autre.",
    kept: "Cette récompense ne peut pas être rendue. Utilisez son code avant son terme, ou contactez la boutique.",
    "no such code": "Ce code n’est pas en attente. Il a peut-être déjà été utilisé ou rendu.",
    "too old": "Cette page est restée ouverte trop longtemps. Veuillez rouvrir la récompense.",
    "too often": "Vous avez échangé plusieurs récompenses en une minute. Veuillez patienter une minute, puis réessayer.",
    "not made yet": "Votre code est en préparation et vos points sont en sécurité. Réessayez dans un instant : vous aurez le même code.",
    "shopify refused": "La récompense n’a pas pu être préparée. Vos points vous sont rendus ; veuillez réessayer plus tard.",
    settled: "Ce code a déjà été utilisé ou rendu. Veuillez rouvrir les récompenses.",
    used: "Cette récompense a été utilisée.",
    released: "Cette récompense a été rendue ; ses points sont dans votre solde.",
  },
  wentWrong: "Cela n’a pas fonctionné",
  reason: ({ kind, explanation }, { change }, say) => {
    const order = explanation.order ?? "Une commande";
    const reward = (typeof explanation.reward === "string" ? explanation.reward : explanation.reward?.name) ?? "une récompense";
    const given = {
      points: explanation.due ?? 0,
      ...Object.fromEntries(Object.entries(explanation.units ?? {}).map(([unit, one]) => [unit, one.due])),
    };
    const many = Object.entries(given).flatMap(([unit, amount]) => (amount > 0 ? [say.amount(amount, unit)] : []));
    const due = many.join(" et ") || say.points(0);
    const amount = say.amount(Math.abs(explanation.points ?? change.available + change.pending), explanation.unit ?? "points");
    const event = { joined: "Votre inscription", birthday: "Votre anniversaire", anniversary: "Votre fidélité" }[
      explanation.event?.trigger ?? ""
    ];
    const known: Record<string, string> = {
      order: explanation.recorded
        ? `${order} a changé et donne maintenant ${due}.`
        : `${order} a donné ${due}${change.pending > 0 ? ", en attente" : ""}.`,
      event: `${event ?? `« ${explanation.event?.name} »`} vous a donné ${due}.`,
      gift: `${amount} offerts${explanation.why ? ` : ${explanation.why}` : ""}.`,
      reserve: `${amount} mis de côté pour « ${reward} ».`,
      redeem: `« ${reward} » utilisé sur ${order} pour ${say.points(explanation.cost ?? 0)}.`,
      release: `${amount} de « ${reward} » vous sont revenus.`,
      mature: `${say.amount(explanation.matured ?? change.available, explanation.unit ?? "points")} sont maintenant disponibles.`,
      expire: `${say.amount(explanation.expired ?? Math.abs(change.available + change.pending), explanation.unit ?? "points")} ont expiré.`,
      adjust: `Ajustement par la boutique${explanation.reason ? ` : ${explanation.reason}` : ""}.`,
      import: `Solde d’ouverture de ${say.points(change.available + change.pending)}.`,
      "import undone": "Le solde d’ouverture a été annulé.",
      claim: "Points gagnés sans compte et maintenant réunis.",
    };
    return known[kind] ?? "Mouvement.";
  },
};

const all: Record<Locale, Words> = { en, fr };

export const wordsIn = (locale: Locale): Words => all[locale];

/** The reader's language: what the page said it is in, else what the browser asks for, else English. */
export function localeOf(asked: string | null, acceptLanguage: string | null): Locale {
  const wanted = [asked ?? "", ...(acceptLanguage ?? "").split(",")].map((one) => one.trim().slice(0, 2).toLowerCase());
  return wanted.find((one): one is Locale => one in all) ?? "en";
}
