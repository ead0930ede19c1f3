// The controls: forms for the calls of the control API that somebody at the screen wants most.

import type { ShopState, World } from "../../store.ts";
import { type Content, type Html, html } from "../html.ts";
import { customerName, moment } from "../say.ts";
import { document, mark } from "../shell.ts";

export function controlPage(world: World): Html {
  const shops = [...world.shops.values()];
  const content = html`
    <header class="bar"><a class="bar-brand" href="/" aria-label="Sandbox, all shops">${mark}<span>Sandbox</span></a></header>
    <main class="plain-page">
      <div class="hero"><h1>Controls</h1><p>Everything here is one call of the control API, described in <code>sandbox/README.md</code>.</p></div>
      <div class="shops">${clockCard(world)}</div>
      ${shops.map((state) => shopControls(world, state))}
    </main>
    <div class="toasts" role="status" aria-live="polite"></div>`;
  return document("Sandbox controls", content, ["admin.js"], "is-plain");
}

const clockCard = (world: World): Html => html`
  <section class="card" id="clock">
    <h2>Clock</h2>
    <p>Sandbox time is <b>${world.clock.now().toISOString().slice(0, 16).replace("T", " ")} UTC</b>${world.clock.offsetMs === 0 && ", the wall clock's"}.</p>
    <div class="fields">
      ${["P1D", "P7D", "P30D", "P365D"].map((step) => html`<form class="inline" data-call="/control/clock" data-then="reload"><input type="hidden" name="advance" value="${step}"><button>+ ${step === "P1D" ? "1 day" : `${step.slice(1, -1)} days`}</button></form>`)}
      <form class="inline" data-call="/control/clock" data-then="reload"><input type="checkbox" name="reset" checked hidden><button>Back to now</button></form>
    </div>
  </section>
  ${form("Deliveries of every shop", "/control/settle", "Wait until all were answered", "", "show")}`;

function shopControls(world: World, state: ShopState): Html {
  const { shop, chaos } = state;
  const base = `/control/${shop.handle}`;
  const customers = [...state.customers.values()].slice(-200).reverse();
  const deliveries = [...state.deliveries.values()].slice(-25).reverse();
  return html`
    <h2 style="font-size:18px">${shop.name}</h2>
    <div class="shops">
      ${form(
        "Place an order",
        `${base}/orders`,
        "Place",
        html`<label>Customer<select name="customer"><option value="">Nobody</option>${customers.map((one) => html`<option value="${one.id}">${customerName(one)}</option>`)}</select></label>
          <div class="fields"><label>Product<select name="lines[0].variant">${[...state.products.values()].map((one) => html`<option value="${one.variants[0]?.id ?? ""}">${one.title}</option>`)}</select></label>
          <label>Quantity<input type="number" name="lines[0].quantity" value="1" min="1"></label></div>
          <label>Discount codes, with commas between<input name="codes" data-as="list"></label>
          <label class="check"><input type="checkbox" name="paid" data-always checked> Paid</label>`,
        "show",
        `${shop.handle}-order`,
      )}
      ${form(
        "New customer",
        `${base}/customers`,
        "Add",
        html`<div class="fields"><label>First name<input name="firstName"></label><label>Last name<input name="lastName"></label></div>
          <label>E-mail<input type="email" name="email"></label><label>Tags<input name="tags" data-as="list"></label>
          <label class="check"><input type="checkbox" name="account" data-always checked> Has an account</label>`,
        "show",
        `${shop.handle}-customer`,
      )}
      ${form(
        "Chaos of deliveries",
        `${base}/chaos`,
        "Set",
        html`<div class="fields">
            <label>Doubled, 0 to 1<input type="number" step="0.05" min="0" max="1" name="duplicate" value="${chaos.duplicate}"></label>
            <label>Dropped, 0 to 1<input type="number" step="0.05" min="0" max="1" name="drop" value="${chaos.drop}"></label>
            <label>Late by, ms<input type="number" min="0" name="delayMs" value="${chaos.delayMs}"></label>
          </div>
          <label class="check"><input type="checkbox" name="shuffle" data-always ${chaos.shuffle ? "checked" : ""}> Shuffled</label>`,
      )}
      ${form(
        "Admin API",
        `${base}/fail`,
        "Fail the next calls",
        html`<div class="fields"><label>How many<input type="number" name="next" value="1" min="1"></label>
          <label>How<select name="how">${["500", "timeout", "unknown", "throttled", "429", "401"].map((how) => html`<option>${how}</option>`)}</select></label></div>`,
      )}
      ${form("Latency", `${base}/latency`, "Set", html`<label>Every Admin API call takes, ms<input type="number" name="ms" min="0" value="${state.latencyMs}"></label>`)}
      ${form(
        "Plan",
        `${base}/plan`,
        "Set",
        html`<label>Plan<select name="plan">${["basic", "standard", "plus"].map((plan) => html`<option ${plan === shop.plan ? "selected" : ""}>${plan}</option>`)}</select></label>
          <label class="check"><input type="checkbox" name="protectedData" data-always ${world.apps.get(shop.installation?.apiKey ?? "")?.protectedData ? "checked" : ""}> Names and e-mails may be read</label>`,
      )}
      <section class="card"><h2>App</h2>
        <form class="inline" data-call="${base}/install" data-then="reload"><button>Install</button></form>
        <form class="inline" data-call="${base}/uninstall" data-then="reload"><button data-confirm="Uninstall the app from ${shop.name}?">Uninstall</button></form>
        <form class="inline" data-call="${base}/redact" data-then="reload"><button data-confirm="Ask the app to forget ${shop.name}?">Shop redact</button></form>
      </section>
      <section class="card"><h2>Hold deliveries</h2>
        <p class="quiet">${state.hold ? "New deliveries wait." : "Deliveries go out at once."}</p>
        <form class="inline" data-call="${base}/deliveries/hold" data-then="reload"><input type="checkbox" name="hold" data-always ${state.hold ? "" : "checked"} hidden><button>${state.hold ? "Stop holding" : "Hold"}</button></form>
        <form class="inline" data-call="${base}/deliveries/release" data-then="reload"><button>Release what is held</button></form>
      </section>
    </div>
    <section class="card flush" id="${shop.handle}-deliveries"><h2>Latest deliveries</h2><div class="scroll" tabindex="0" role="region" aria-label="Latest deliveries to ${shop.name}"><table>
      <thead><tr><th>Triggered</th><th>Topic</th><th>State</th><th>Attempts</th><th>Webhook id</th><th></th></tr></thead>
      <tbody>${deliveries.map(
        (
          one,
        ) => html`<tr><td>${moment(one.triggeredAt, shop)}</td><td>${one.topic}</td><td><span class="badge ${tone[one.state]}">${one.state}</span></td>
          <td class="wide">${one.attempts.map((attempt) => attempt.status ?? attempt.error).join(", ")}</td><td><code>${one.webhookId.slice(0, 8)}</code></td>
          <td><form class="inline" data-call="${base}/deliveries/${one.webhookId}/again" data-then="reload"><button>Again</button></form></td></tr>`,
      )}${deliveries.length === 0 && html`<tr><td colspan="6" class="quiet">Nothing has been sent yet.</td></tr>`}</tbody></table></div></section>`;
}

const tone = { queued: "info", held: "warn", delivered: "good", failed: "bad" };

const form = (title: string, call: string, button: string, fields: Content, then = "reload", id = ""): Html =>
  html`<form class="card" ${id && html`id="${id}"`} data-call="${call}" data-then="${then}"><h2>${title}</h2>${fields}<div><button class="primary">${button}</button></div><output></output></form>`;
