import { airline } from "./airline.ts";
import { beautyRetail } from "./beauty-retail.ts";
import { coffeeHouse } from "./coffee-house.ts";
import { departmentStore } from "./department-store.ts";
import { fashion } from "./fashion.ts";
import { homeGoods } from "./home-goods.ts";
import { luxury } from "./luxury.ts";
import { pharmacy } from "./pharmacy.ts";
import { punchCard } from "./punch-card.ts";
import { simplePoints } from "./simple-points.ts";

/** Every programme to begin with. A new one is a file and a line here. */
export const templates = [
  simplePoints,
  punchCard,
  beautyRetail,
  coffeeHouse,
  homeGoods,
  departmentStore,
  fashion,
  pharmacy,
  airline,
  luxury,
] as const;
