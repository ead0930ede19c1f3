/** What the admin says of templates. What a template says of itself is in app/loyalty/program/templates. */
const n = (count: number) => new Intl.NumberFormat("en").format(count);
const plural = (count: number, one: string, other: string) => `${n(count)} ${count === 1 ? one : other}`;

export const templates = {
  title: "Templates",
  text: "A whole programme to begin with. It goes into your draft: look at it, change what you like, and publish it when it is yours.",
  objective: "What should it do?",
  all: "Show all",
  count: (count: number) => plural(count, "template", "templates"),
  goodFor: (what: string) => `Good for: ${what}`,
  look: "See how it works",
  lookAt: (name: string) => `See how it works: ${name}`,
  use: "Use this template",
  used: (name: string) => `${name} is in your draft`,
  note: (name: string) => `Template “${name}”`,
  dialog: (name: string) => `Use “${name}”?`,
  replaces: (rules: number, rewards: number, tiers: number) => {
    const parts = [
      ...(rules > 0 ? [plural(rules, "earning rule", "earning rules")] : []),
      ...(rewards > 0 ? [plural(rewards, "reward", "rewards")] : []),
      ...(tiers > 0 ? [plural(tiers, "tier", "tiers")] : []),
    ];
    return `It takes the place of everything in your draft${parts.length > 0 ? `: ${new Intl.ListFormat("en").format(parts)}` : ""}.`;
  },
  draftLost: (changes: number) => `${plural(changes, "change that is not live", "changes that are not live")} would go with it.`,
  keeps: "What is published stays in force until you publish the draft. Members keep their points and codes, and you can undo this.",
  meanwhile: "Somebody changed the draft meanwhile. Close this and look again at what would be replaced.",
  gives: "How members earn",
  nothingEarns: "Nothing earns points: this programme lives by its tiers.",
  campaigns: "Campaigns",
  tiers: "Tiers",
  rewards: "Rewards",
  given: "Given, not chosen",
  asks: "What only you know",
  asksText: "Look at these before you publish.",
  behaves: "How this programme behaves",
  behavesText: "Stories of imagined members, played through the same rules, books and calendar as real ones.",
  has: "Holds then",
  again: (times: number, last: string) => `The same ${plural(times, "more time", "more times")}, the last on ${last}.`,
  ends: (points: string, day: string) => `If nothing more happens, ${points} end on ${day}.`,
};
