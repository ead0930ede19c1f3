import { expect, test } from "vitest";
import { useMerchant } from "./merchant.ts";

const { ask, at, shop, anotherShop } = useMerchant();
const route = () => import("../../app/routes/app.settings.mirror.ts");
const path = "/app/settings/mirror";

test("a merchant asks for the shop's data to be read again, sees how far it is, and sees nobody else's", async () => {
  const { loader, action } = await route();
  expect(await ask(loader, { path })).toEqual({ fills: [] });
  expect(await ask(action, { path, body: {} })).toEqual({ done: true, said: "Shop data is being read again" });
  expect(await ask(loader, { path })).toMatchObject({
    fills: [
      { what: "products", state: "waiting", found: 0 },
      { what: "customers", state: "waiting", found: 0 },
    ],
  });
  const { rows } = await at.owner.query("select key from graphile_worker.jobs where task_identifier = 'fill-mirror'");
  expect(rows).toEqual([{ key: `fill-mirror ${shop().scope.shopId}` }]);
  expect(await ask(loader, { path, from: await anotherShop() })).toEqual({ fills: [] });
});
