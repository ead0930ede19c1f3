// The dialogs in which somebody picks products, variants, collections or an app's own items.

import { dialog } from "./admin.js";

export async function resourcePicker(
  shop,
  { type = "product", action = "add", multiple = false, query = "", filter = {}, selectionIds = [] },
) {
  const chosen = new Map();
  for (const { id, variants } of selectionIds) chosen.set(id, { id, variants });
  const limit = multiple === true ? Number.POSITIVE_INFINITY : Number(multiple) || 1;
  const search = Object.assign(document.createElement("input"), { type: "search", value: query, placeholder: `Search ${type}s` });
  search.setAttribute("aria-label", `Search ${type}s`);
  const list = Object.assign(document.createElement("ul"), { className: "picker" });
  let found = [];

  const draw = () =>
    list.replaceChildren(
      ...found.map((resource) =>
        row({
          title: resource.displayName ?? resource.title,
          note:
            resource.price ?? resource.productType ?? (resource.productsCount === undefined ? "" : `${resource.productsCount} products`),
          image: resource.images?.[0]?.originalSrc ?? resource.image?.originalSrc,
          chosen: chosen.has(resource.id),
          single: limit === 1,
          choose: (on) => {
            if (limit === 1) chosen.clear();
            if (on && chosen.size < limit) chosen.set(resource.id, resource);
            else chosen.delete(resource.id);
            draw();
            ready();
          },
        }),
      ),
    );
  const load = async () => {
    const words = [search.value, filter.query].filter(Boolean).join(" ");
    const response = await fetch(`/store/${shop}/resources?${new URLSearchParams({ type, query: words })}`);
    found = await response.json();
    draw();
    for (const resource of found)
      if (chosen.has(resource.id)) chosen.set(resource.id, { ...resource, ...pickOf(chosen.get(resource.id), resource) });
  };
  let timer;
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(load, 150);
  });
  const status = Object.assign(document.createElement("p"), { className: "quiet" });
  let button;
  const ready = () => {
    const many = chosen.size === 1 ? type : `${type}s`;
    status.textContent = `${chosen.size}${Number.isFinite(limit) && limit > 1 ? `/${limit}` : ""} ${many} selected`;
    if (button) button.disabled = chosen.size === 0 && selectionIds.length === 0;
  };
  const done = dialog({
    title: `${action === "select" ? "Select" : "Add"} ${type}s`,
    body: [search, list],
    foot: status,
    actions: [
      { label: "Cancel", value: "cancel" },
      { label: action === "select" ? "Select" : "Add", value: "done", tone: "primary" },
    ],
    otherwise: "cancel",
    opened: (box) => {
      button = box.querySelector("button.primary");
      ready();
      search.focus();
    },
  });
  await load();
  ready();
  return (await done) === "done" ? [...chosen.values()] : undefined;
}

// What was chosen before keeps the variants it was chosen with.
const pickOf = (before, resource) =>
  before.variants?.length && resource.variants
    ? { variants: resource.variants.filter(({ id }) => before.variants.some((one) => one.id === id)) }
    : {};

export async function itemPicker({ heading, multiple = false, headers = [], items }) {
  const limit = multiple === true ? Number.POSITIVE_INFINITY : Number(multiple) || 1;
  const chosen = new Set(items.filter((item) => item.selected).map(({ id }) => id));
  const list = Object.assign(document.createElement("ul"), { className: "picker" });
  const draw = () =>
    list.replaceChildren(
      ...items.map((item) =>
        row({
          title: item.heading,
          note: (item.data ?? []).map((value, index) => [headers[index + 1]?.content, value].filter(Boolean).join(" ")).join(" · "),
          image: item.thumbnail?.url,
          chosen: chosen.has(item.id),
          disabled: item.disabled,
          single: limit === 1,
          choose: (on) => {
            if (limit === 1) chosen.clear();
            if (on && chosen.size < limit) chosen.add(item.id);
            else chosen.delete(item.id);
            draw();
          },
        }),
      ),
    );
  draw();
  const answer = await dialog({
    title: heading,
    body: [list],
    actions: [
      { label: "Cancel", value: "cancel" },
      { label: "Select", value: "done", tone: "primary" },
    ],
    otherwise: "cancel",
  });
  return answer === "done" ? [...chosen] : undefined;
}

function row({ title, note, image, chosen, disabled = false, single, choose }) {
  const box = Object.assign(document.createElement("input"), { type: single ? "radio" : "checkbox", checked: chosen, disabled });
  box.addEventListener("change", () => choose(box.checked));
  const label = document.createElement("label");
  const picture = image ? Object.assign(document.createElement("img"), { src: image, alt: "" }) : document.createElement("span");
  picture.classList.add("picture");
  const name = Object.assign(document.createElement("span"), { className: "name", textContent: title });
  const aside = Object.assign(document.createElement("span"), { className: "quiet", textContent: note ?? "" });
  label.append(box, picture, name, aside);
  const entry = document.createElement("li");
  entry.append(label);
  return entry;
}
