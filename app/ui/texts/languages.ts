/** What the page of other languages says. */
export const languages = {
  title: "Names in other languages",
  text: "What members read of rules, tiers, rewards and badges in a language that is not yours.",
  action: "Languages",
  help: "Leave a name empty and members read your own.",
  choose: "Language",
  parts: { earning: "Earning rules", tiers: "Tiers", rewards: "Rewards", badges: "Badges" },
  none: { title: "Nothing to say yet", text: "Rules, tiers, rewards and badges come here with their names." },
  saved: "Saved",
  note: (language: string) => `Names in ${language} changed`,
};
