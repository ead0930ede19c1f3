import type { Points } from "../points.ts";

/** Every state of a member's points is an account. owed holds a debt: points taken back after they were spent. */
export const memberAccounts = ["pending", "available", "reserved", "owed"] as const;
export type MemberAccount = (typeof memberAccounts)[number];

/** Where points come from and go to. These have no balance row: they would be written by everybody at once. */
export const programmeAccounts = ["issued", "redeemed", "expired", "adjusted", "written off", "imported"] as const;
export type ProgrammeAccount = (typeof programmeAccounts)[number];

export type Place = { account: MemberAccount; member: string } | { account: ProgrammeAccount; member?: undefined };

/** An amount goes from a place to a place, so that a transaction cannot be out of balance by its shape. */
export type Posting = { from: Place; to: Place; unit: string; amount: Points };

/** A member's points. Nothing here is negative; owed > 0 only while nothing is available. */
export type Balance = { pending: Points; available: Points; reserved: Points; owed: Points };

export const nothing: Balance = { pending: 0, available: 0, reserved: 0, owed: 0 };
