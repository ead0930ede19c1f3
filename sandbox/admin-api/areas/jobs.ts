// Jobs: what Shopify does later the sandbox has done already, but says so only when asked again.

import { gid } from "../../world.ts";
import type { Area, Ask } from "../ask.ts";

export const jobOf = ({ world }: Ask) => ({ id: gid("Job", world.nextId()), done: false });

export const jobsArea: Area = { QueryRoot: { job: (_source: object, { id }) => ({ id, done: true }) } };
