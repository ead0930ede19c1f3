import { z } from "zod";

const url = z.url({ protocol: /^https?$/, error: "must be an address such as https://loyalty.example.com" });

const schema = z
  .object({
    NODE_ENV: z.enum(["production", "development", "test"]).default("development"),
    DATABASE_URL: z
      .string({ error: "is missing: the address of a PostgreSQL 15 or newer, as its owner" })
      .regex(/^postgres(ql)?:\/\//, "must begin with postgresql://"),
    SHOPIFY_API_KEY: z.string({ error: "is missing: the client id of your Shopify app" }).min(1, "is empty"),
    SHOPIFY_API_SECRET: z.string({ error: "is missing: the client secret of your Shopify app" }).min(1, "is empty"),
    SHOPIFY_APP_URL: url,
    SHOPIFY_APP_HANDLE: z.string().default("laurel"),
    SHOPIFY_APP_DISTRIBUTION: z.enum(["public", "custom"]).default("custom"),
    LAUREL_ENCRYPTION_KEY: z
      .string({ error: 'is missing: 32 random bytes in base64, such as from "openssl rand -base64 32"' })
      .refine((key) => Buffer.from(key, "base64").length === 32, "must be 32 bytes in base64"),
    LAUREL_ENCRYPTION_KEY_PREVIOUS: z.string().optional(),
    PORT: z.coerce.number().int().min(0).default(3000),
    HOST: z.string().default("0.0.0.0"),
    WORKER_PORT: z.coerce.number().int().min(0).default(3001),
    DATABASE_POOL: z.coerce.number().int().min(1).default(10),
    METRICS_TOKEN: z.string().optional(),
    LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
    SANDBOX_URL: url.optional(),
    LAUREL_CRASH_AT: z.string().optional(),
  })
  .superRefine((env, refine) => {
    if (env.NODE_ENV !== "production") return;
    for (const name of ["SANDBOX_URL", "LAUREL_CRASH_AT"] as const) {
      if (env[name]) refine.addIssue({ code: "custom", path: [name], message: "is for development and refused in production" });
    }
  });

export type Env = z.infer<typeof schema>;

/** Reads the environment once. @throws with one line for each thing that is missing or wrong */
export function readEnv(source: Record<string, string | undefined>): Env {
  const set = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const read = schema.safeParse(set);
  if (read.success) return read.data;
  const lines = read.error.issues.map((issue) => `  ${issue.path.join(".")} ${issue.message}`);
  throw new Error(`Laurel cannot start, its environment is not complete (.env.example has every setting):\n${lines.join("\n")}`);
}

let current: Env | undefined;

/** The environment of this process. */
export function env(): Env {
  current ??= readEnv(process.env);
  return current;
}
