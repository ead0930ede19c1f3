import type { NothingReason } from "../earning/judgement.ts";
import type { Texts } from "../say.ts";

/** Why an order is due nothing, after its name: "#1001 was cancelled". */
export const whyNothing: Record<NothingReason, Required<Texts>> = {
  "test order": { en: "is a test order", fr: "est une commande de test" },
  cancelled: { en: "was cancelled", fr: "a été annulée" },
  deleted: { en: "was deleted", fr: "a été supprimée" },
  "payment void": { en: "was never paid", fr: "n’a jamais été payée" },
  "not live": { en: "was placed while the programme gave no points", fr: "a été passée quand le programme ne donnait pas de points" },
  "not a tester": {
    en: "was placed while the programme was tested by others",
    fr: "a été passée pendant que d’autres essayaient le programme",
  },
  "excluded by tag": { en: "is by a customer whose tag is excluded", fr: "est d’un client dont le tag est exclu" },
  blocked: { en: "is by a member who is blocked", fr: "est d’un membre bloqué" },
  left: { en: "is by a member who has left", fr: "est d’un membre qui est parti" },
};

const noPart = { en: "is by a member who takes no part in the programme", fr: "est d’un membre qui ne participe pas au programme" };

/** The same for the member: how staff sort customers and try things out is not theirs to read. */
export const whyNothingToMembers: typeof whyNothing = {
  ...whyNothing,
  "not a tester": whyNothing["not live"],
  "excluded by tag": noPart,
  blocked: noPart,
};
