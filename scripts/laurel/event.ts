import { tellHappening } from "../../app/flows/receiving/hear-happening.ts";
import { isRefusal } from "../../app/loyalty/refusal.ts";
import { mistaken } from "./mistaken.ts";
import { withProgramme } from "./programme-of.ts";

export const eventUsage = `  event tell --shop x.myshopify.com --customer ID --name review.written --source ID [--property stars=5]… [--at 2026-11-27T09:00:00Z]
                     tell of something that a customer did, for the rules that reward it; the same --source is the same event`;

export type EventGiven = {
  values: { shop?: string; customer?: string; name?: string; source?: string; at?: string; property?: string[] };
};

export const eventCommands: Record<string, (given: EventGiven) => Promise<void>> = {
  async "event tell"({ values }) {
    const shop = values.shop ?? mistaken("event tell needs --shop, such as juniper.myshopify.com.");
    const customer = values.customer ?? mistaken("event tell needs --customer, the number that ends its address in Shopify admin.");
    const name = values.name ?? mistaken("event tell needs --name, what your rules call the event, such as review.written.");
    const source = values.source ?? mistaken("event tell needs --source, which tells this event from all others, such as the review's id.");
    const properties = propertiesOf(values.property ?? []);
    await withProgramme(shop, async ({ context }) => {
      const { shopId } = context.scope;
      const told = await tellHappening(context, {
        member: { shopId, customerGid: gidOf(customer) },
        trigger: "event",
        name,
        source,
        properties,
        ...(values.at ? { at: new Date(values.at) } : {}),
      });
      if (isRefusal(told)) throw new Error(told.sentence);
      const earned = await context.db.inProgramme(context.scope, (tx) =>
        tx.rows<{ unit: string; amount: number }>(
          `select p.unit, sum(case when p.from_account = 'issued' then p.amount else -p.amount end)::bigint as amount
           from transaction t join posting p using (program_id, transaction_id)
           where t.program_id = $1 and t.kind = 'event' and split_part(t.source, ' ', 1) = $2 and 'issued' in (p.from_account, p.to_account) group by p.unit`,
          [tx.scope.programId, told.happeningId],
        ),
      );
      const sum = earned.map((one) => `${one.amount} ${one.unit}`).join(", ");
      console.log(`${told.before ? "Told before" : "Told"}: ${name} of customer ${customer} earned ${sum || "nothing so far"}.`);
    });
  },
};

const gidOf = (customer: string): string => (/^\d+$/.test(customer) ? `gid://shopify/Customer/${customer}` : customer);

// What looks like a number, or like true or false, is one.
function propertiesOf(typed: readonly string[]): Record<string, unknown> {
  const pairs = typed.map((one): [string, unknown] => {
    const at = one.indexOf("=");
    if (at < 1) return mistaken(`--property ${one} has no value: write it as stars=5.`);
    return [one.slice(0, at), plainOf(one.slice(at + 1))];
  });
  return Object.fromEntries(pairs);
}

function plainOf(text: string): string | number | boolean {
  if (text === "true" || text === "false") return text === "true";
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}
