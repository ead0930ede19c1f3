import { expect, test, vi } from "vitest";
import { useMerchant } from "./merchant.ts";

const { shop } = useMerchant();

const ancestorsOf = async (search: string): Promise<string | null> => {
  vi.resetModules();
  const { frameHeaders } = await import("../../app/frame.server.ts");
  const headers = new Headers();
  await frameHeaders(new Request(`https://app.test/app${search}`), headers);
  return headers.get("content-security-policy");
};

test("only the admin of the shop that asks may frame a page", async () => {
  const policy = await ancestorsOf(`?shop=${shop().shop}`);
  expect(policy).toContain(`https://${shop().shop} https://admin.shopify.com`);
  expect(policy).not.toContain("localhost");
  expect(await ancestorsOf("")).toBe("frame-ancestors https://admin.shopify.com;");
  expect(await ancestorsOf("?shop=evil.example.com")).toBe("frame-ancestors https://admin.shopify.com;");
});

test("in development the sandbox's admin may too", async () => {
  vi.stubEnv("SANDBOX_URL", "http://localhost:4000/");
  expect(await ancestorsOf(`?shop=${shop().shop}`)).toMatch(/^frame-ancestors https:\/\/shop-\S+ .* http:\/\/localhost:4000;$/);
  vi.unstubAllEnvs();
});
