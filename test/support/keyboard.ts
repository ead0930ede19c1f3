import type { Locator } from "playwright-core";

/** Goes to something as somebody does who has no mouse. @throws when it cannot be reached */
export async function reach(target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  const { keyboard } = target.page();
  await target.waitFor();
  for (let presses = 0; presses < 120; presses++) {
    if (await hasFocus(target)) return;
    await keyboard.press(key);
  }
  throw new Error(`${target} is not reached with ${key}.`);
}

/** Writes over what stands in a field. */
export async function typeInto(field: Locator, text: string): Promise<void> {
  const { keyboard } = field.page();
  await reach(field);
  await keyboard.press("ControlOrMeta+A");
  await keyboard.press("Delete");
  await keyboard.type(text);
}

/** Presses a button or follows a link. */
export async function press(target: Locator, towards: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  await reach(target, towards);
  await target.page().keyboard.press("Enter");
}

const hasFocus = (target: Locator): Promise<boolean> =>
  target.evaluate((element) => element.ownerDocument.hasFocus() && element === element.ownerDocument.activeElement);
