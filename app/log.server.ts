import { remember } from "@epic-web/remember";
import pino from "pino";

/** Fields that may carry personal data or secrets; they are cut wherever they turn up. */
const never = [
  "email",
  "*.email",
  "name",
  "phone",
  "*.phone",
  "accessToken",
  "*.accessToken",
  "refreshToken",
  "authorization",
  "req.headers",
  "body",
  "code",
  "*.code",
  "customer",
  // PostgreSQL quotes the whole row that it refused.
  "err.detail",
  "err.where",
];

/** Structured logs: one JSON object a line, without personal data or tokens. */
export const log = remember("log", () =>
  pino({
    level: process.env.LOG_LEVEL ?? "info",
    base: { app: "laurel" },
    redact: { paths: never, remove: true },
    timestamp: pino.stdTimeFunctions.isoTime,
  }),
);
