// Marketing consent has mutations of its own, and rules of its own.

import { changeCustomer, touchCustomer } from "../../customers.ts";
import { idOf } from "../../world.ts";
import { type Area, type Args, type Ask, type UserError, userError } from "../ask.ts";
import { refuseConsent } from "./customer-changes.ts";

export const customerConsentArea: Area = {
  Mutation: { customerEmailMarketingConsentUpdate: updateEmail, customerSmsMarketingConsentUpdate: updateSms },
};

function updateEmail(_source: object, { input }: Args, ask: Ask): object {
  const { world, state } = ask;
  refuseConsent(input);
  const customer = state.customers.get(idOf(input.customerId));
  const no = (field: string, message: string, code: string): object => ({
    customer: customer ?? null,
    userErrors: [plain(userError(field, message, code))],
  });
  if (!customer) return no("input.customerId", "Customer not found", "INVALID");
  const consent = input.emailMarketingConsent;
  const fault = consentFault(ask, consent, "input.emailMarketingConsent");
  if (fault) return no(...fault);
  if (!customer.email)
    return no("input.emailMarketingConsent", "An email address is required to set the email marketing consent state.", "INVALID");
  customer.consent = { level: consent.marketingOptInLevel ?? "UNKNOWN", at: consent.consentUpdatedAt ?? world.clock.now().toISOString() };
  changeCustomer(world, state, customer, { marketing: consent.marketingState });
  return { customer, userErrors: [] };
}

function updateSms(_source: object, { input }: Args, ask: Ask): object {
  const { world, state, shop } = ask;
  refuseConsent(input);
  const customer = state.customers.get(idOf(input.customerId));
  const no = (field: string, message: string, code: string): object => ({
    customer: customer ?? null,
    userErrors: [plain(userError(field, message, code))],
  });
  if (!customer) return { customer: null, userErrors: [{ field: null, message: "Customer not found", code: null }] };
  const consent = input.smsMarketingConsent;
  if (!customer.phone) return no("input.smsMarketingConsent", "A phone number is required to set the SMS consent state.", "INVALID");
  const fault = consentFault(ask, consent, "input.smsMarketingConsent");
  if (fault) return no(...fault);
  customer.sms = {
    state: consent.marketingState,
    level: consent.marketingOptInLevel ?? "UNKNOWN",
    at: consent.consentUpdatedAt ?? world.clock.now().toISOString(),
  };
  touchCustomer(world, state, customer);
  world.events.emit(shop.handle, "customers/update", { customer });
  return { customer, userErrors: [] };
}

function consentFault({ world }: Ask, consent: Args, field: string): [string, string, string] | null {
  const { marketingState, marketingOptInLevel, consentUpdatedAt } = consent;
  if (marketingState === "SUBSCRIBED" && !marketingOptInLevel)
    return [`${field}.marketingOptInLevel`, "Marketing opt in level must exist", "MISSING_ARGUMENT"];
  if (marketingState === "PENDING" && marketingOptInLevel !== "CONFIRMED_OPT_IN")
    return [`${field}.marketingOptInLevel`, "Marketing opt in level must be confirmed opt-in for pending consent state", "INVALID"];
  if (consentUpdatedAt && Date.parse(consentUpdatedAt) > world.clock.now().getTime())
    return [`${field}.consentUpdatedAt`, "Consent updated at must not be in the future", "INVALID"];
  return null;
}

const plain = ({ field, message, code }: UserError): UserError => ({ field, message, code: code ?? null });
