/** Asks the sandbox's control API. @throws with its sentence when it says no */
export async function control<T>(sandbox: string, path: string, body?: object): Promise<T> {
  const response = await fetch(`${sandbox}/control${path}`, {
    method: body ? "POST" : "GET",
    headers: { accept: "application/json", "content-type": "application/json" },
    body: body ? JSON.stringify(body) : undefined,
  });
  const answer = (await response.json()) as T & { error?: string };
  if (!response.ok) throw new Error(`The sandbox answered ${response.status} to ${path}: ${answer.error ?? "nothing"}`);
  return answer;
}

/** Asks again until the answer is yes. @throws when time is up */
export async function until(what: string, asked: () => Promise<boolean>, withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    if (await asked().catch(() => false)) return;
    if (Date.now() > deadline) throw new Error(`After ${Math.round(withinMs / 1000)} seconds this had not come about: ${what}.`);
    await new Promise((go) => setTimeout(go, 100));
  }
}

export const answersOk = async (url: string): Promise<boolean> => (await fetch(url, { signal: AbortSignal.timeout(4000) })).ok;
