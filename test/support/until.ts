/** Asks again until the answer is something. Generous, for it costs nothing when all is well. @throws when time is up */
export async function until<T>(
  what: string,
  asked: () => Promise<T> | T,
  withinMs = 60_000,
): Promise<Exclude<T, false | 0 | "" | null | undefined>> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await asked();
    if (answer) return answer as Exclude<T, false | 0 | "" | null | undefined>;
    if (Date.now() > deadline) throw new Error(`After ${Math.round(withinMs / 1000)} seconds this had not come about: ${what}.`);
    await new Promise((go) => setTimeout(go, 25));
  }
}
