// A believable address for a customer. The sandbox keeps only the country; the rest is made up and always the same.

import { type Customer, idOf } from "../world.ts";
import { number } from "./say.ts";

type Place = { city: string; province: string | null; provinceCode: string | null; zip: string; name: string };

const places: Record<string, Place> = {
  US: { city: "Portland", province: "Oregon", provinceCode: "OR", zip: "97205", name: "United States" },
  CA: { city: "Ottawa", province: "Ontario", provinceCode: "ON", zip: "K1P 1J1", name: "Canada" },
  GB: { city: "Bristol", province: "England", provinceCode: "ENG", zip: "BS1 4DJ", name: "United Kingdom" },
  DE: { city: "Leipzig", province: null, provinceCode: null, zip: "04109", name: "Germany" },
  FR: { city: "Lyon", province: null, provinceCode: null, zip: "69002", name: "France" },
  JP: { city: "Kamakura", province: "Kanagawa", provinceCode: "JP-14", zip: "248-0006", name: "Japan" },
};

export const placeOf = (country: string): Place =>
  places[country] ?? { city: "Springfield", province: null, provinceCode: null, zip: "10000", name: country };

const fullName = (customer: Customer) => [customer.firstName, customer.lastName].filter(Boolean).join(" ");

/** Without approval for protected data nothing but the region is told. */
export function orderAddress(customer: Customer | null, country: string, protectedData: boolean) {
  const place = placeOf(country);
  const personal = <T>(value: T): T | null => (protectedData && customer ? value : null);
  return {
    first_name: personal(customer?.firstName ?? null),
    address1: personal("12 Garden Street"),
    phone: personal(customer?.phone ?? null),
    city: personal(place.city),
    zip: personal(place.zip),
    province: place.province,
    country: place.name,
    last_name: personal(customer?.lastName ?? null),
    address2: null,
    company: null,
    latitude: null,
    longitude: null,
    name: personal(customer ? fullName(customer) : null),
    country_code: country,
    province_code: place.provinceCode,
  };
}

export function defaultAddress(customer: Customer, protectedData: boolean) {
  const place = placeOf(customer.country);
  const personal = <T>(value: T): T | null => (protectedData ? value : null);
  return {
    id: number(`${idOf(customer.id)}1`),
    customer_id: number(customer.id),
    first_name: personal(customer.firstName),
    last_name: personal(customer.lastName),
    company: null,
    address1: personal("12 Garden Street"),
    address2: null,
    city: personal(place.city),
    province: place.province,
    country: place.name,
    zip: personal(place.zip),
    phone: personal(customer.phone),
    name: personal(fullName(customer)),
    province_code: place.provinceCode,
    country_code: customer.country,
    country_name: place.name,
    default: true,
  };
}
