import { z } from "zod";
import type { OrderFacts } from "../../facts.ts";
import type { Say } from "../../say.ts";
import { choices, texts } from "../../settings.ts";
import { conditionKind } from "../condition-kind.ts";
import { atLeastOne } from "../filled-in.ts";
import { oneOfTexts, plainText } from "../same-text.ts";

const channels = {
  online: "Online store",
  pos: "Point of sale",
  draft: "Draft order",
  subscription: "Subscription renewal",
  company: "Bought by a company (B2B)",
} as const;

type Channel = keyof typeof channels;

// What Shopify writes as the source of an order; renewals have had their second name since autumn 2025. A company buys
// through any of them.
const sources: Record<Exclude<Channel, "company">, readonly string[]> = {
  online: ["web"],
  pos: ["pos"],
  draft: ["shopify_draft_order"],
  subscription: ["subscription_contract", "subscription_contract_checkout_one"],
};

export const channel = conditionKind({
  name: "channel",
  label: "Sales channel",
  about: "order",
  triggers: ["order"],
  settings: z
    .strictObject({
      channels: choices({ label: "Channels" }, channels).nullable().default(null),
      apps: texts({ label: "Or apps", help: "What Shopify calls the source of the order, such as an app's id.", suggest: "channels" })
        .nullable()
        .default(null),
    })
    .superRefine(atLeastOne("channels", "apps")),
  sentence: ({ channels, apps }, say) =>
    say.list([
      ...(channels ?? []).map((one) => phraseOf(one, say)),
      ...(apps ?? []).map((app) => say.in({ en: `through ${app}`, fr: `par ${app}` })),
    ]),
  lookup: {
    wanted: ({ channels, apps }) => (channels?.includes("company") ? null : textsOf(channels ?? [], apps ?? [])),
    ofOccasion: ({ order }) => order?.channel,
    sawNone: ({ order }) => (order ? nameOf(order) : null),
  },
  compile: ({ channels, apps }) => {
    const wanted: readonly Channel[] = channels ?? [];
    const isWanted = oneOfTexts(textsOf(wanted, apps ?? []));
    const ofCompanies = wanted.includes("company");
    return ({ order }) => order !== null && (isWanted(order.channel) || (ofCompanies && order.company));
  },
  saw: ({ order }) => (order ? nameOf(order) : null),
  sawAs: "text",
});

const phraseOf = (channel: Channel, say: Say): string =>
  say.in(
    {
      online: { en: "online", fr: "en ligne" },
      pos: { en: "in store", fr: "en magasin" },
      draft: { en: "by draft order", fr: "par commande provisoire" },
      subscription: { en: "on subscription renewals", fr: "sur les renouvellements d’abonnement" },
      company: { en: "as a company", fr: "en tant qu’entreprise" },
    }[channel],
  );

const textsOf = (channels: readonly Channel[], apps: readonly string[]): string[] => [
  ...channels.flatMap((one) => (one === "company" ? [] : sources[one])),
  ...apps,
];

const nameOfSource = new Map(
  Object.entries(sources).flatMap(([one, all]) => all.map((source) => [source, channels[one as Channel]] as const)),
);

function nameOf({ channel, company }: OrderFacts): string {
  const name = nameOfSource.get(plainText(channel)) ?? channel;
  return company ? `${name}, ${channels.company}` : name;
}
