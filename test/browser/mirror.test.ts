import { expect, test } from "vitest";
import { openAdmin } from "../support/admin.ts";
import { useBrowser } from "../support/browser.ts";
import { useTown } from "../support/town.ts";

const town = useTown();
const browser = useBrowser();

test("the settings say what was read of the shop, read it again, and keep what is being edited meanwhile", async () => {
  const juniper = town.shop("juniper");
  const admin = openAdmin(town, "juniper", await browser.tab());
  await admin.open("/settings");
  await admin.app.getByText(/^12 read on /).waitFor();
  await admin.app.getByText(/^0 read on /).waitFor();

  await juniper.control("/products", { title: "Teapot", price: 4200 });
  await town.settled();
  const [name] = await admin.app.getByRole("textbox").all();
  await name?.fill("leaf");
  await town.worker.stop();
  await admin.app.getByRole("button", { name: "Read again" }).click();
  await admin.toast("Shop data is being read again");
  await admin.app.getByText("Waiting for Shopify").first().waitFor();
  await town.startWorker();
  await admin.app.getByText(/^13 read on /).waitFor();
  expect(await name?.inputValue()).toBe("leaf");
});
