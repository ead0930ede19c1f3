// The plans by which a shop sells again and again. Apps read them; only the control page makes them.

import type { SellingPlanGroup } from "../../shop-state.ts";
import { gid } from "../../world.ts";
import type { Area, Fields } from "../ask.ts";
import { connection } from "../connection.ts";

const group: Fields<SellingPlanGroup> = {
  id: ({ id }) => gid("SellingPlanGroup", id),
  sellingPlans: ({ plans }, args, ask) => connection(ask, plans, args, { id: ({ id }) => id }),
};

const plan: Fields<SellingPlanGroup["plans"][number]> = { id: ({ id }) => gid("SellingPlan", id) };

export const sellingPlansArea: Area = {
  QueryRoot: {
    sellingPlanGroups: (_source: object, args, ask) => connection(ask, ask.state.sellingPlanGroups.values(), args, { id: ({ id }) => id }),
  },
  SellingPlanGroup: group,
  SellingPlan: plan,
};
