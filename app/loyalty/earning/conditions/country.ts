import { z } from "zod";
import { texts } from "../../settings.ts";
import { conditionKind } from "../condition-kind.ts";
import { oneOfTexts } from "../same-text.ts";

/** Where it was delivered to, else where the bill went. A sale in a shop of bricks has none. */
export const country = conditionKind({
  name: "country",
  label: "Country",
  about: "order",
  triggers: ["order"],
  namesOrders: true,
  settings: z.strictObject({
    countries: texts({ label: "Countries", help: "Two letters, such as CA.", suggest: "countries" }).refine(
      (codes) => codes.every((code) => /^[a-z]{2}$/i.test(code)),
      "Enter two letters for each country, such as CA.",
    ),
  }),
  sentence: ({ countries }, say) => {
    const named = (language: string) => say.list(countries.map((code) => nameOfCountry(code, language)));
    return say.in({ en: `on orders to ${named("en")}`, fr: `sur les commandes livrées ici : ${named("fr")}` });
  },
  lookup: {
    wanted: ({ countries }) => countries,
    ofOccasion: ({ order }) => order?.country,
    sawNone: ({ order }) => order?.country ?? null,
  },
  compile: ({ countries }) => {
    const isWanted = oneOfTexts(countries);
    return ({ order }) => isWanted(order?.country);
  },
  saw: ({ order }) => order?.country ?? null,
  sawAs: "text",
});

// "The United States", "the Netherlands": in English, what is several or says what kind of land it is.
const withArticle =
  /^(United|Netherlands|Philippines|Bahamas|Maldives|Gambia|Comoros|Seychelles|Vatican)|(Islands|Republic|Territor(y|ies))$/;

/** A country in the reader's language, as it stands within a sentence. */
export function nameOfCountry(code: string, language: string): string {
  const name = new Intl.DisplayNames(language, { type: "region" }).of(code.toUpperCase()) ?? code;
  return language === "en" && withArticle.test(name) ? `the ${name}` : name;
}
