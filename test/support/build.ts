import { buildAppIfStale } from "../../scripts/build-app.ts";

/** Tests of the whole run the app as it is shipped: built, and from the sources at hand. */
export async function setup(): Promise<void> {
  await buildAppIfStale();
}
