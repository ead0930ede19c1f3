// The admin's side of App Bridge: one iframe, and what the app in it asks for.

import { dialog, toast } from "./admin.js";
import { itemPicker, resourcePicker } from "./picker.js";

const { shop, app, base } = JSON.parse(document.getElementById("frame").textContent);
const iframe = document.getElementById("app");
const find = (selector) => document.querySelector(selector);
const tell = (kind, content = {}) => iframe.contentWindow.postMessage({ adminFrame: 1, kind, ...content }, new URL(app.url).origin);

const saveBar = find(".save-bar");
const save = find(".save-bar-save");
const discard = find(".save-bar-discard");
let unsaved = false;
let confirmDiscard = false;
let heard = false;
let path = location.pathname.slice(base.length) + location.search + location.hash;

const heed = {
  path({ path: now }) {
    path = now;
    // The iframe's own steps are in the browser's history already, so that going back works; only the address follows.
    history.replaceState(null, "", base + (now === "/" ? "" : now));
    lightMenu();
  },
  loaded({ title }) {
    if (title) document.title = `${title} · ${app.title} · Sandbox admin`;
  },
  nav({ items }) {
    const entries = items
      .filter((item) => !item.home)
      .map(({ href, label }) => {
        const link = Object.assign(document.createElement("a"), { href: base + href, textContent: label });
        link.dataset.href = href;
        const entry = document.createElement("li");
        entry.append(link);
        return entry;
      });
    home = items.find((item) => item.home)?.href ?? "/";
    find(".app-nav").replaceChildren(...entries);
    lightMenu();
  },
  title({ title, actions }) {
    find(".app-title").textContent = title;
    const buttons = actions.map(({ label, primary, critical, disabled }, index) => {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: label, disabled });
      button.className = critical ? "critical" : primary ? "primary" : "";
      button.addEventListener("click", () => tell("title action", { index }));
      return button;
    });
    // The main action stands outermost.
    find(".app-actions").replaceChildren(...buttons.sort((a, b) => Number(a.className === "primary") - Number(b.className === "primary")));
  },
  "save bar"(bar) {
    unsaved = bar.shown;
    saveBar.hidden = !bar.shown;
    if (!bar.shown) return;
    confirmDiscard = bar.confirmDiscard;
    dress(save, bar.save);
    dress(discard, bar.discard);
  },
  async leave({ ask }) {
    const leave = await confirmed("Leave page with unsaved changes?", "Leaving this page will delete all unsaved changes.", "Leave page");
    if (!leave) return;
    tell("discard");
    tell("answer", { ask });
  },
  toast: ({ id, ...rest }) =>
    toast({ id, ...rest, onAction: () => tell("toast action", { id }), onDismiss: () => tell("toast dismissed", { id }) }),
  "toast hide": ({ id }) => document.getElementById(id)?.remove(),
  loading({ on }) {
    find(".bar-loading").hidden = !on;
  },
  dim({ on }) {
    document.body.classList.toggle("is-dimmed", on);
  },
  top({ url }) {
    location.assign(url);
  },
  "resource picker": async ({ options, ask }) => tell("answer", { ask, answer: await resourcePicker(shop, options) }),
  picker: async ({ options, ask }) => tell("answer", { ask, answer: await itemPicker(options) }),
  async scopes({ wanted, ask }) {
    const granted = await confirmed(`${app.title} asks for more access`, wanted.join(", "), "Allow", "primary");
    if (granted) await changeScopes({ grant: wanted });
    tell("answer", { ask, answer: granted ? "granted-all" : "declined-all" });
  },
  async "revoke scopes"({ given, ask }) {
    await changeScopes({ revoke: given });
    tell("answer", { ask });
  },
};

const listen = ({ source, data }) => {
  if (source !== iframe.contentWindow || data?.appBridge !== 1) return;
  heard = true;
  find(".app-away").hidden = true;
  heed[data.kind]?.(data);
};

save.addEventListener("click", () => tell("save"));
discard.addEventListener("click", async () => {
  const sure =
    !confirmDiscard ||
    (await confirmed(
      "Discard all unsaved changes",
      "If you discard changes, you'll delete any edits you made since you last saved.",
      "Discard changes",
    ));
  if (sure) tell("discard");
});

// Every way out of the page stays shut while there are unsaved changes; the bar says why by shaking.
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href]:not([href^="#"])');
  if (!link || link.target === "_blank" || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const inside = link.dataset.href ?? (link.getAttribute("href") === base ? home : undefined);
  if (!unsaved && inside === undefined) return;
  event.preventDefault();
  if (unsaved) shake();
  else tell("navigate", { href: inside });
  if (!unsaved) document.body.classList.remove("has-menu");
});
window.addEventListener("beforeunload", (event) => unsaved && event.preventDefault());

let home = "/";
function lightMenu() {
  const here = path.split(/[?#]/)[0];
  const links = [...document.querySelectorAll(".app-nav a")];
  const best = links
    .filter(({ dataset }) => here === dataset.href || here.startsWith(`${dataset.href}/`))
    .sort((a, b) => b.dataset.href.length - a.dataset.href.length)[0];
  for (const link of links) {
    if (link === best) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  find(`.menu-apps a[href="${base}"]`)?.toggleAttribute("data-inside", Boolean(best));
}

function dress(button, { label, disabled, loading }) {
  button.textContent = label;
  button.disabled = disabled || loading;
  button.toggleAttribute("data-loading", loading);
}

function shake() {
  saveBar.classList.remove("is-shaking");
  requestAnimationFrame(() => saveBar.classList.add("is-shaking"));
}

function confirmed(title, text, action, tone = "critical") {
  return dialog({
    title,
    text,
    actions: [
      { label: "Cancel", value: false },
      { label: action, value: true, tone },
    ],
    otherwise: false,
  });
}

async function changeScopes(change) {
  const body = JSON.stringify({ app: app.handle, ...change });
  await fetch(`/store/${shop}/scopes`, { method: "POST", headers: { "content-type": "application/json" }, body });
}

// Last, when everything above stands: what was said early, then what is said from now on.
window.removeEventListener("message", window.keepEarly);
window.addEventListener("message", listen);
window.early.forEach(listen);

// An app that is not running gives an empty frame and no word; say what is the matter.
iframe.addEventListener("load", () =>
  setTimeout(() => {
    if (!heard) find(".app-away").hidden = false;
  }, 4000),
);
