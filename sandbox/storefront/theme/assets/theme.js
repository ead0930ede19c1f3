// The theme works without this; with it a price follows the choice and a cart follows its quantities.
for (const choice of document.querySelectorAll(".choices input")) {
  choice.addEventListener("change", () => {
    const compare = document.querySelector("s[data-compare]");
    document.querySelector("span[data-price]").textContent = choice.dataset.price;
    compare.textContent = choice.dataset.compare;
    compare.hidden = choice.dataset.compare === "";
  });
}
const lines = document.querySelector("[data-cart-lines]");
if (lines) {
  let timer;
  lines.addEventListener("change", () => {
    clearTimeout(timer);
    timer = setTimeout(() => lines.requestSubmit(), 250);
  });
}
