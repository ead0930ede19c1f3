// Store credit: one account per customer and currency, opened by the first credit.

import { minorOf } from "../../money.ts";
import type { StoreCreditAccount } from "../../store.ts";
import { gid, idOf } from "../../world.ts";
import { typeOf } from "../access.ts";
import { type Area, type Args, type Ask, as, type Fields, failure, userError } from "../ask.ts";
import { connection } from "../connection.ts";
import { moneyV2 } from "../money-fields.ts";

type Movement = StoreCreditAccount["transactions"][number];
type MovementOf = { movement: Movement; account: StoreCreditAccount };

const typeName = ({ movement }: MovementOf): string =>
  movement.amount > 0 ? "StoreCreditAccountCreditTransaction" : "StoreCreditAccountDebitTransaction";
const shown = (movement: Movement, one: StoreCreditAccount): MovementOf => {
  const of = { movement, account: one };
  return as(typeName(of), of);
};

const account: Fields<StoreCreditAccount> = {
  id: ({ id }) => gid("StoreCreditAccount", id),
  balance: ({ balance, currency }) => moneyV2(balance, currency),
  owner: ({ customerId }, _, { state }) => {
    const owner = state.customers.get(customerId);
    return owner ? as("Customer", owner) : null;
  },
  transactions: (one, args, ask) =>
    connection(
      ask,
      [...one.transactions].reverse().map((movement) => shown(movement, one)),
      args,
      { id: ({ movement }) => movement.id },
    ),
};

const movement: Fields<MovementOf> = {
  id: (one) => gid(typeName(one), one.movement.id),
  amount: ({ movement: { amount }, account: { currency } }) => moneyV2(amount, currency),
  balanceAfterTransaction: ({ movement: { balanceAfter }, account: { currency } }) => moneyV2(balanceAfter, currency),
  remainingAmount: ({ movement: { amount }, account: { currency, balance } }) => moneyV2(Math.min(amount, balance), currency),
  createdAt: ({ movement: { createdAt } }) => createdAt,
  expiresAt: ({ movement: { expiresAt } }) => expiresAt,
  event: ({ movement: { event } }) => event,
  origin: () => null,
};

export const storeCreditArea: Area = {
  QueryRoot: { storeCreditAccount: (_source: object, { id }, { state }) => state.storeCredit.get(idOf(id)) ?? null },
  Mutation: { storeCreditAccountCredit: credit, storeCreditAccountDebit: debit },
  Customer: {
    storeCreditAccounts: ({ id }: { id: string }, args, ask) =>
      connection(
        ask,
        [...ask.state.storeCredit.values()].filter(({ customerId }) => customerId === id),
        args,
        { id: (one) => one.id },
      ),
  },
  StoreCreditAccount: account,
  StoreCreditAccountCreditTransaction: movement,
  StoreCreditAccountDebitTransaction: movement,
};

const creditLimit = 10_000_000;

function credit(_source: object, { id, creditInput }: Args, ask: Ask): object {
  const { world, state } = ask;
  const { amount: wished, currencyCode } = creditInput.creditAmount;
  refuseCurrency(currencyCode);
  const no = refusal("creditInput.creditAmount");
  const found = findAccount(ask, id, currencyCode);
  if (typeof found === "string") return no("id", ...missing(found));
  if (found && found.currency !== currencyCode)
    return no("currencyCode", "The currency provided does not match the currency of the store credit account", "MISMATCHING_CURRENCY");
  const amount = minorOf(wished, currencyCode);
  if (amount <= 0) return no("amount", "A positive amount must be used to credit a store credit account", "NEGATIVE_OR_ZERO_AMOUNT");
  if ((found?.balance ?? 0) + amount > creditLimit)
    return no("amount", "The operation would cause the account's credit limit to be exceeded", "CREDIT_LIMIT_EXCEEDED");
  if (creditInput.expiresAt && Date.parse(creditInput.expiresAt) <= world.clock.now().getTime())
    return no("creditInput.expiresAt", "The expiry date must be in the future", "EXPIRES_AT_IN_PAST");
  const one = found ?? { id: world.nextId(), customerId: idOf(id), currency: currencyCode, balance: 0, transactions: [] };
  state.storeCredit.set(one.id, one);
  return post(ask, one, amount, creditInput.expiresAt ?? null);
}

function debit(_source: object, { id, debitInput }: Args, ask: Ask): object {
  const { amount: wished, currencyCode } = debitInput.debitAmount;
  refuseCurrency(currencyCode);
  const no = refusal("debitInput.debitAmount");
  const found = findAccount(ask, id, currencyCode);
  if (!found || typeof found === "string") return no("id", ...missing(found || "account"));
  if (found.currency !== currencyCode)
    return no("currencyCode", "The currency provided does not match the currency of the store credit account", "MISMATCHING_CURRENCY");
  const amount = minorOf(wished, currencyCode);
  if (amount <= 0) return no("amount", "A positive amount must be used to debit a store credit account", "NEGATIVE_OR_ZERO_AMOUNT");
  if (amount > found.balance)
    return no("amount", "The store credit account does not have sufficient funds to satisfy the request", "INSUFFICIENT_FUNDS");
  return post(ask, found, -amount, null);
}

function post({ world, shop }: Ask, one: StoreCreditAccount, amount: number, expiresAt: string | null): object {
  one.balance += amount;
  const made: Movement = {
    id: world.nextId(),
    amount,
    balanceAfter: one.balance,
    createdAt: world.clock.now().toISOString(),
    expiresAt,
    event: "ADJUSTMENT",
  };
  one.transactions.push(made);
  world.changed(shop.handle, "storeCredit", one.id);
  return { storeCreditAccountTransaction: shown(made, one), userErrors: [] };
}

/** The account, null when its owner has none yet, or what is missing. */
function findAccount({ state }: Ask, id: string, currency: string): StoreCreditAccount | null | "account" | "owner" {
  if (typeOf(id) === "StoreCreditAccount") return state.storeCredit.get(idOf(id)) ?? "account";
  if (!state.customers.has(idOf(id))) return "owner";
  return [...state.storeCredit.values()].find((one) => one.customerId === idOf(id) && one.currency === currency) ?? null;
}

const missing = (what: "account" | "owner"): [string, string] =>
  what === "account" ? ["Store credit account does not exist", "ACCOUNT_NOT_FOUND"] : ["Owner does not exist", "OWNER_NOT_FOUND"];

const refusal =
  (place: string) =>
  (field: string, message: string, code: string): object => ({
    storeCreditAccountTransaction: null,
    userErrors: [userError(field === "id" || field.includes(".") ? field : `${place}.${field}`, message, code)].map(
      ({ field: path, ...rest }) => ({ field: path, message: rest.message, code: rest.code }),
    ),
  });

function refuseCurrency(currency: string): void {
  if (currency === "XXX" || currency === "USDC")
    throw failure(
      `CurrencyCode "${currency}" is invalid. It can only be used as a result and not as an input value.`,
      "CURRENCY_CODE_INVALID",
    );
}
