import type { Basket, BasketItem } from "./award-kind.ts";
import type { Item, Occasion } from "./occasion.ts";

/** The basket of a rule: what counts of the items that it chose (by their places in the order; null for all), now or as they were sold. */
export const basketOf = (occasion: Occasion, places: readonly number[] | null, as: "sold" | "counts"): Basket =>
  new ChosenBasket(occasion, places, as === "sold");

// Most awards look at the amount only: the list of items is made for those that look at more.
class ChosenBasket implements Basket {
  amount: number;
  pieces = 0;
  shipping: number;
  isOrder: boolean;
  weights: number[];
  private occasion: Occasion;
  private places: readonly number[] | null;
  private isSold: boolean;
  private listed: BasketItem[] | null = null;

  constructor(occasion: Occasion, places: readonly number[] | null, isSold: boolean) {
    this.occasion = occasion;
    this.places = places;
    this.isSold = isSold;
    this.isOrder = occasion.order !== null;
    this.shipping = places !== null ? 0 : isSold ? occasion.shippingSold : occasion.shipping;
    this.amount = this.shipping;
    const { items } = occasion;
    const length = places === null ? items.length : places.length;
    this.weights = new Array(length + 1);
    for (let n = 0; n < length; n += 1) {
      const item = items[places === null ? n : (places[n] as number)] as Item;
      const amount = isSold ? item.sold : item.counts;
      this.amount += amount;
      this.pieces += isSold ? item.quantity : item.remaining;
      this.weights[n] = amount;
    }
    this.weights[length] = this.shipping;
  }

  get items(): readonly BasketItem[] {
    this.listed ??= this.list();
    return this.listed;
  }

  private list(): BasketItem[] {
    const { items } = this.occasion;
    const chosen = this.places === null ? items : this.places.map((at) => items[at] as Item);
    return chosen.map((item) =>
      this.isSold ? { item, amount: item.sold, pieces: item.quantity } : { item, amount: item.counts, pieces: item.remaining },
    );
  }
}
