// Gift cards. Their code is told once, at creation, and never again.

import { randomInt } from "node:crypto";
import { minorOf } from "../../money.ts";
import type { GiftCard } from "../../store.ts";
import { gid, idOf, type Minor } from "../../world.ts";
import { type Area, type Args, type Ask, type Fields, failure, type UserError, userError } from "../ask.ts";
import { connection } from "../connection.ts";
import { moneyV2 } from "../money-fields.ts";
import { matcher, type Searchable } from "../search.ts";
import { count } from "./customers.ts";

/** What a shop may issue in one card. */
const issueLimit: Minor = 300_000;

const lastCharacters = ({ code }: GiftCard): string => code.slice(-4);

const giftCard: Fields<GiftCard> = {
  id: ({ id }) => gid("GiftCard", id),
  lastCharacters,
  maskedCode: (one) => `•••• •••• •••• ${lastCharacters(one)}`,
  initialValue: ({ initialAmount, currency }) => moneyV2(initialAmount, currency),
  balance: ({ balance, currency }) => moneyV2(balance, currency),
  enabled: ({ deactivatedAt }) => deactivatedAt === null,
  isRedeemable: (one, _, ask) => one.deactivatedAt === null && !expired(one, ask),
  customer: ({ customerId }, _, { state }) => (customerId ? (state.customers.get(customerId) ?? null) : null),
  order: () => null,
  recipientAttributes: () => null,
  templateSuffix: () => null,
};

const expired = ({ expiresOn }: GiftCard, { world }: Ask): boolean =>
  expiresOn !== null && expiresOn < world.clock.now().toISOString().slice(0, 10);

const search: Searchable<GiftCard> = {
  text: ({ note, code }) => `${note ?? ""} ${code.slice(-4)}`,
  fields: {
    id: ({ id }) => id,
    customer_id: ({ customerId }) => customerId,
    created_at: ({ createdAt }) => createdAt,
    updated_at: ({ updatedAt }) => updatedAt,
    expires_on: ({ expiresOn }) => expiresOn,
    enabled: ({ deactivatedAt }) => deactivatedAt === null,
    status: ({ deactivatedAt }) => (deactivatedAt === null ? "enabled" : "disabled"),
    balance_status: ({ balance, initialAmount }) => (balance === 0 ? "empty" : balance === initialAmount ? "full" : "partial"),
    last_characters: lastCharacters,
  },
};

export const giftCardsArea: Area = {
  QueryRoot: {
    giftCard: (_source: object, { id }, { state }) => state.giftCards.get(idOf(id)) ?? null,
    giftCards: (_source: object, args, ask) =>
      connection(ask, [...ask.state.giftCards.values()].filter(matcher(args.query, search)), args, {
        id: ({ id }) => id,
        sortValue: ({ id }) => Number(id),
      }),
    giftCardsCount: (_source: object, { query, limit }, { state }) =>
      count([...state.giftCards.values()].filter(matcher(query, search)).length, limit),
    giftCardConfiguration: (_source: object, _args, { shop }) => ({
      issueLimit: moneyV2(issueLimit, shop.currency),
      purchaseLimit: moneyV2(issueLimit, shop.currency),
    }),
  },
  Mutation: { giftCardCreate: create, giftCardDeactivate: deactivate, giftCardCredit: move(1), giftCardDebit: move(-1) },
  GiftCard: giftCard,
};

function create(_source: object, { input }: Args, ask: Ask): object {
  const { world, state, shop } = ask;
  const no = (field: string, message: string, code: string | undefined): object => ({
    giftCard: null,
    giftCardCode: null,
    userErrors: [plain(userError(`input.${field}`, message, code))],
  });
  if (input.recipientAttributes || input.templateSuffix)
    throw failure("The sandbox has no answer for gift cards with a recipient or a template.", "SANDBOX_HAS_NO_ANSWER");
  const given = input.initialAmount?.amount ?? input.initialValue;
  const field = input.initialAmount ? "initialAmount.amount" : "initialValue";
  if (given === undefined || given === null) return no("initialAmount", "can't be blank", "MISSING_ARGUMENT");
  if (input.initialAmount && input.initialAmount.currencyCode !== shop.currency)
    return no("initialAmount.currencyCode", "The currency provided is not the currency of the shop.", "INVALID");
  const amount = minorOf(given, shop.currency);
  if (amount <= 0) return no(field, "must be greater than 0", "GREATER_THAN");
  if (amount > issueLimit) return no(field, `can't exceed $3,000.00 ${shop.currency}`, "GIFT_CARD_LIMIT_EXCEEDED");
  if (input.customerId && !state.customers.has(idOf(input.customerId)))
    return no("customerId", "The customer could not be found.", "CUSTOMER_NOT_FOUND");
  const code = input.code?.toLowerCase().replaceAll(/[\s-]/g, "");
  if (code !== undefined) {
    if (code.length < 8) return no("code", "Code must be at least 8 characters long", "TOO_SHORT");
    if (code.length > 20) return no("code", "Code must be at most 20 characters long", "TOO_LONG");
    if (!/^[a-z0-9]+$/.test(code)) return no("code", "Code can only contain letters(a-z) and numbers(0-9)", "INVALID");
    if ([...state.giftCards.values()].some((one) => one.code === code)) return no("code", "Code has already been taken", undefined);
  }
  const at = world.clock.now().toISOString();
  const made: GiftCard = {
    id: world.nextId(),
    code: code ?? randomCode(),
    initialAmount: amount,
    balance: amount,
    currency: shop.currency,
    customerId: input.customerId ? idOf(input.customerId) : null,
    note: input.note ?? null,
    expiresOn: input.expiresOn ?? null,
    deactivatedAt: null,
    createdAt: at,
    updatedAt: at,
  };
  state.giftCards.set(made.id, made);
  world.changed(shop.handle, "giftCards", made.id);
  return { giftCard: made, giftCardCode: made.code, userErrors: [] };
}

const randomCode = (): string => Array.from({ length: 16 }, () => "abcdefghjkmnpqrstuvwxyz23456789"[randomInt(31)]).join("");

function deactivate(_source: object, { id }: Args, { world, state, shop }: Ask): object {
  const found = state.giftCards.get(idOf(id));
  if (!found) return { giftCard: null, userErrors: [plain(userError("id", "The gift card could not be found.", "GIFT_CARD_NOT_FOUND"))] };
  found.deactivatedAt ??= world.clock.now().toISOString();
  found.updatedAt = world.clock.now().toISOString();
  world.changed(shop.handle, "giftCards", found.id);
  return { giftCard: found, userErrors: [] };
}

function move(sign: 1 | -1) {
  const word = sign === 1 ? "credit" : "debit";
  const result = sign === 1 ? "giftCardCreditTransaction" : "giftCardDebitTransaction";
  return (_source: object, args: Args, ask: Ask): object => {
    const { world, state, shop } = ask;
    const input = args[`${word}Input`];
    const wished = input[`${word}Amount`];
    const field = `${word}Input.${word}Amount`;
    const no = (where: string, message: string, code: string): object => ({
      [result]: null,
      userErrors: [plain(userError(where, message, code))],
    });
    const card = state.giftCards.get(idOf(args.id));
    if (!card) return no("id", "The gift card could not be found.", "GIFT_CARD_NOT_FOUND");
    if (card.deactivatedAt) return no("id", "The gift card is deactivated.", "INVALID");
    if (expired(card, ask)) return no("id", "The gift card has expired.", "INVALID");
    if (wished.currencyCode !== card.currency)
      return no(`${field}.currencyCode`, "The currency provided does not match the currency of the gift card.", "MISMATCHING_CURRENCY");
    const amount = minorOf(wished.amount, card.currency);
    if (amount <= 0) return no(`${field}.amount`, "A positive amount must be used.", "NEGATIVE_OR_ZERO_AMOUNT");
    if (sign === -1 && amount > card.balance)
      return no(`${field}.amount`, "The gift card does not have sufficient funds to satisfy the request.", "INSUFFICIENT_FUNDS");
    if (sign === 1 && card.balance + amount > issueLimit)
      return no(`${field}.amount`, "The gift card's value exceeds the allowed limits.", "GIFT_CARD_LIMIT_EXCEEDED");
    const at = world.clock.now().toISOString();
    if (input.processedAt && Date.parse(input.processedAt) > Date.parse(at))
      return no(`${word}Input.processedAt`, "The processed date must not be in the future.", "INVALID");
    card.balance += sign * amount;
    card.updatedAt = at;
    world.changed(shop.handle, "giftCards", card.id);
    const type = sign === 1 ? "GiftCardCreditTransaction" : "GiftCardDebitTransaction";
    return {
      [result]: {
        __typename: type,
        id: gid(type, world.nextId()),
        amount: moneyV2(sign * amount, card.currency),
        giftCard: card,
        note: input.note ?? null,
        processedAt: input.processedAt ?? at,
      },
      userErrors: [],
    };
  };
}

const plain = ({ field, message, code }: UserError): UserError => ({ field, message, code: code ?? null });
