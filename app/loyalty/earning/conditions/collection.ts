import { z } from "zod";
import { collections } from "../../settings.ts";
import { conditionKind } from "../condition-kind.ts";

export const collection = conditionKind({
  name: "collection",
  label: "Item in a collection",
  about: "items",
  triggers: ["order"],
  needs: ["products"],
  settings: z.strictObject({ collections: collections({ label: "Collections" }) }),
  sentence: ({ collections }, say) =>
    say.in({ en: `on ${say.list(collections.map((one) => one.title))}`, fr: `sur ${say.list(collections.map((one) => one.title))}` }),
  lookup: { wanted: ({ collections }) => collections.map((one) => one.gid), ofItem: ({ product }) => product?.collections },
  compile: ({ collections }) => {
    const wanted = new Set(collections.map((one) => one.gid));
    return ({ product }) => product?.collections.some((gid) => wanted.has(gid)) ?? false;
  },
});
