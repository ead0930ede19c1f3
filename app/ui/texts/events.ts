/** What the admin says of events that staff record. */
export const events = {
  action: "Record an event",
  title: "Record an event",
  text: "Something that this member did and that nobody told Laurel of. It earns what your rules give for it.",
  none: "No rule in force rewards an event. Add one under Earning, and publish it.",
  event: "Event",
  rewardedBy: (rules: readonly string[]) => `Rewarded by ${new Intl.ListFormat("en").format(rules)}`,
  properties: "Properties",
  propertiesHelp: "If your rules ask about them. One on each line, such as stars = 5.",
  save: "Record",
  done: "Event recorded",
  beside: "Beside points",
  pending: (amount: string) => `, ${amount} pending`,
  reserved: (amount: string) => `, ${amount} set aside`,
  gift: (what: string, why: string) => `${what}: ${why}`,
};
