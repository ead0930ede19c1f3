// Customers made, changed and deleted by the app.

import { changeCustomer, createCustomer, customerByEmail, deleteCustomer } from "../../customers.ts";
import { isRefused } from "../../refused.ts";
import { tidyTags } from "../../tags.ts";
import { type Customer, gid, idOf } from "../../world.ts";
import { type Area, type Args, type Ask, failure, type UserError, userError } from "../ask.ts";

export const customerChangesArea: Area = { Mutation: { customerCreate, customerUpdate, customerDelete } };

function customerCreate(_source: object, { input }: Args, ask: Ask): object {
  const { world, state } = ask;
  const refusals: UserError[] = [];
  if (input.id) refusals.push(userError("id", "Cannot specify ID on creation"));
  refuseConsent(input);
  refusals.push(...faults(ask, input, undefined));
  if (input.emailMarketingConsent && !input.email)
    refusals.push(userError("emailMarketingConsent", "An email address is required to set the email marketing consent state."));
  if (input.smsMarketingConsent && !input.phone)
    refusals.push(userError("smsMarketingConsent", "A phone number is required to set the SMS consent state."));
  if (input.whatsAppMarketingConsent && !input.phone)
    refusals.push(userError("whatsAppMarketingConsent", "A phone number is required to set the WhatsApp consent state."));
  if (refusals.length === 0 && !input.email && !input.phone && !input.firstName && !input.lastName)
    refusals.push(userError(null, "A name, phone number, or email address must be present"));
  if (refusals.length > 0) return { customer: null, userErrors: refusals };

  const customer = createCustomer(world, state, {
    email: clean(input.email),
    firstName: clean(input.firstName),
    lastName: clean(input.lastName),
    phone: clean(input.phone),
    locale: input.locale ?? undefined,
    tags: input.tags ?? [],
    marketing: input.emailMarketingConsent?.marketingState,
  });
  customer.note = input.note ?? null;
  customer.taxExempt = input.taxExempt ?? false;
  const { emailMarketingConsent: mail, smsMarketingConsent: sms } = input;
  if (mail) customer.consent = { level: mail.marketingOptInLevel ?? "SINGLE_OPT_IN", at: mail.consentUpdatedAt ?? customer.createdAt };
  if (sms)
    customer.sms = {
      state: sms.marketingState,
      level: sms.marketingOptInLevel ?? "SINGLE_OPT_IN",
      at: sms.consentUpdatedAt ?? customer.createdAt,
    };
  world.changed(state.shop.handle, "customers", customer.id);
  return { customer, userErrors: [] };
}

function customerUpdate(_source: object, { input }: Args, ask: Ask): object {
  const { world, state } = ask;
  const customer = input.id ? state.customers.get(idOf(input.id)) : undefined;
  const no = (errors: UserError[]): object => ({ customer: null, userErrors: errors });
  if (!customer) return no([userError("id", "Customer does not exist")]);
  for (const consent of ["emailMarketingConsent", "smsMarketingConsent", "whatsAppMarketingConsent"] as const) {
    const mutation = `customer${consent[0]?.toUpperCase()}${consent.slice(1)}Update`;
    if (input[consent]) return no([userError(consent, `To update ${consent}, please use the ${mutation} Mutation instead`)]);
  }
  const refusals = faults(ask, input, customer);
  if (refusals.length > 0) return no(refusals);
  const next = { ...customer, ...pick(input, ["email", "phone", "firstName", "lastName"]) };
  if (!next.email && !next.phone && !next.firstName && !next.lastName)
    return no([userError(null, "A name, phone number, or email address must be present")]);

  // Set before the change is told, so that the webhook has everything.
  if (input.note !== undefined) customer.note = input.note;
  if (typeof input.taxExempt === "boolean") customer.taxExempt = input.taxExempt;
  const wish = {
    ...pick(input, ["email", "phone", "firstName", "lastName"]),
    tags: input.tags ?? undefined,
    locale: input.locale ?? undefined,
  };
  const changed = changeCustomer(world, state, customer, wish);
  return isRefused(changed) ? no([userError("email", changed.refused)]) : { customer: changed, userErrors: [] };
}

function customerDelete(_source: object, { input }: Args, { world, state, shop }: Ask): object {
  const customer = state.customers.get(idOf(input.id));
  const no = (message: string): object => ({ deletedCustomerId: null, shop, userErrors: [userError("id", message)] });
  if (!customer) return no("Customer can't be found");
  if (isRefused(deleteCustomer(world, state, customer))) return no("Customer can’t be deleted because they have associated orders");
  return { deletedCustomerId: gid("Customer", customer.id), shop, userErrors: [] };
}

function faults({ state }: Ask, input: Args, self: Customer | undefined): UserError[] {
  const found: UserError[] = [];
  const no = (field: string, message: string) => found.push(userError(field, message));
  const email = clean(input.email);
  if (email) {
    const other = customerByEmail(state, email);
    if (email.length > 255) no("email", "Email is too long (maximum is 255 characters)");
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) no("email", "Email is invalid");
    else if (other && other !== self) no("email", "Email has already been taken");
  }
  const phone = clean(input.phone);
  if (phone) {
    if (!/^\+?[\d\s().-]{7,20}$/.test(phone)) no("phone", "Phone is invalid");
    else if ([...state.customers.values()].some((one) => one !== self && one.phone === phone)) no("phone", "Phone has already been taken");
  }
  if (clean(input.firstName) && input.firstName.length > 255) no("firstName", "First name is too long (maximum is 255 characters)");
  if (clean(input.lastName) && input.lastName.length > 255) no("lastName", "Last name is too long (maximum is 255 characters)");
  if (clean(input.note) && input.note.length > 5000) no("note", "Note is too long (maximum is 5000 characters)");
  if (input.locale && !/^[a-z]{2,3}(-[A-Za-z]{2,4})?$/.test(input.locale)) no("locale", "Locale is invalid");
  const tags = tidyTags(input.tags ?? []);
  if (tags.some((tag) => tag.length > 255)) no("tags", "Tags is too long (maximum is 255 characters)");
  if (tags.length > 250) no("tags", "Tags cannot be more than 250");
  return found;
}

export function refuseConsent(input: Args): void {
  for (const consent of [input.emailMarketingConsent, input.smsMarketingConsent, input.whatsAppMarketingConsent]) {
    const state = consent?.marketingState ?? consent?.state;
    if (state && ["NOT_SUBSCRIBED", "REDACTED", "INVALID"].includes(state))
      throw failure(`Cannot specify ${state} as a marketing state input`, "INVALID");
  }
}

const clean = (text: string | null | undefined): string | null => text?.trim() || null;
const pick = (input: Args, keys: string[]): Record<string, string | null> =>
  Object.fromEntries(keys.filter((key) => input[key] !== undefined).map((key) => [key, clean(input[key])]));
