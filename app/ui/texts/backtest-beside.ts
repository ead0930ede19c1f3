/** What a backtest says of what no order or event earns: certificates, and what tiers give. */
export const beside = {
  gifts: "Rewards that rules and tiers give, at face value",
  ofTiers: (name: string) => `${name} that tiers give`,
  worth: "Certificates made, at face value",
  open: "Certificates still to be used at the end",
  certificates: {
    title: "Certificates",
    text: "What is collected becomes them by itself. They are counted in the cost and, while they can still be used, in the liability; the points in them no longer are.",
    rule: "Rule",
    reward: "Reward",
    made: "Made",
    worth: "At face value",
    owed: "Still to be used at the end",
  },
  tiers: {
    title: "What tiers give",
    tier: "Tier",
    when: "When",
    what: "What",
    times: "Times given",
    on: {
      entry: "On reaching it",
      month: "Every month",
      quarter: "Every quarter",
      year: "Every year",
      birthday: "On birthdays",
    } as Record<string, string>,
  },
  ledgerEqual: (members: string) => `Gifts of tiers and certificates were compared as well, member by member: all ${members} are equal.`,
  ledgerDifferent: (different: string, all: string) =>
    `Of ${all} members, ${different} have other gifts of tiers or certificates in the ledger.`,
};
