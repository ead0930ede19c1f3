// What every page of the sandbox's admin can do: open its menu, show a toast, ask in a dialog, and call the control API from a form.

export function toast({ id, message, isError = false, duration = 5000, action, onAction, onDismiss }) {
  const box = Object.assign(document.createElement("div"), { className: isError ? "toast is-error" : "toast" });
  if (id) box.id = id;
  box.append(Object.assign(document.createElement("span"), { textContent: message }));
  const end = () => {
    if (!box.isConnected) return;
    box.remove();
    onDismiss?.();
  };
  if (action) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: action, className: "toast-action" });
    button.addEventListener("click", () => {
      onAction?.();
      end();
    });
    box.append(button);
  }
  const close = Object.assign(document.createElement("button"), { type: "button", textContent: "×" });
  close.setAttribute("aria-label", "Dismiss");
  close.addEventListener("click", end);
  box.append(close);
  document.querySelector(".toasts")?.append(box);
  setTimeout(end, duration);
}

/** Opens a dialog and resolves with the value of the action pressed, or with `otherwise` when it is left. */
export function dialog({ title, text, body = [], foot, actions, otherwise, opened }) {
  return new Promise((resolve) => {
    const box = document.createElement("dialog");
    box.setAttribute("aria-label", title);
    const head = document.createElement("header");
    head.append(Object.assign(document.createElement("h2"), { textContent: title }));
    const middle = Object.assign(document.createElement("div"), { className: "dialog-body" });
    if (text) middle.append(Object.assign(document.createElement("p"), { textContent: text }));
    middle.append(...body);
    const end = document.createElement("footer");
    if (foot) end.append(foot);
    let answer = otherwise;
    for (const { label, value, tone = "" } of actions) {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: label, className: tone });
      button.addEventListener("click", () => {
        answer = value;
        box.close();
      });
      end.append(button);
    }
    box.append(head, middle, end);
    box.addEventListener("close", () => {
      box.remove();
      resolve(answer);
    });
    document.body.append(box);
    box.showModal();
    opened?.(box);
  });
}

document.querySelector(".bar-menu")?.addEventListener("click", ({ currentTarget }) => {
  const open = document.body.classList.toggle("has-menu");
  currentTarget.setAttribute("aria-expanded", String(open));
});
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  const closer = event.target.closest("[data-closes]");
  if (closer) closer.closest("dialog")?.close();
});

// <form data-call="/control/…"> sends its fields as JSON. A field named lines[7].quantity is an entry of a list; empty fields stay out.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-call]");
  if (!form) return;
  event.preventDefault();
  const sure = event.submitter?.dataset.confirm ?? form.dataset.confirm;
  if (
    sure &&
    !(await dialog({
      title: sure,
      actions: [
        { label: "Cancel", value: false },
        { label: "Yes", value: true, tone: "primary" },
      ],
      otherwise: false,
    }))
  )
    return;
  const button = event.submitter;
  if (button) button.disabled = true;
  try {
    const answer = await call(form.dataset.call, bodyOf(form), form.dataset.method);
    if (form.dataset.then === "show") form.querySelector("output").textContent = JSON.stringify(answer, null, 2);
    else if (form.dataset.then === "reload") location.reload();
    else location.assign(form.dataset.then);
  } catch (error) {
    form.closest("dialog")?.close();
    toast({ message: error.message, isError: true, duration: 8000 });
  } finally {
    if (button) button.disabled = false;
  }
});

async function call(path, body, method = "POST") {
  const response = await fetch(path, {
    method,
    headers: { "content-type": "application/json", accept: "application/json" },
    ...(method === "GET" ? {} : { body: JSON.stringify(body) }),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? `The sandbox answered ${response.status}.`);
  return answer;
}

function bodyOf(form) {
  const body = {};
  for (const field of form.elements) {
    if (!field.name || field.disabled || (field.type === "radio" && !field.checked)) continue;
    const value = readField(field);
    if (value === undefined) continue;
    const [, list, index, key] = /^(\w+)\[(\w+)\]\.(\w+)$/.exec(field.name) ?? [];
    if (!list) body[field.name] = value;
    else {
      body[list] ??= {};
      body[list][index] ??= {};
      body[list][index][key] = value;
    }
  }
  for (const [name, value] of Object.entries(body)) {
    const entries = typeof value === "object" && value !== null && !Array.isArray(value) ? Object.values(value) : undefined;
    // A line with no quantity is a line left alone.
    if (entries)
      body[name] = entries.filter((entry) =>
        entry.quantity === undefined ? Object.keys(entry).length > 1 && !("line" in entry) : entry.quantity > 0,
      );
    if (entries && body[name].length === 0) delete body[name];
  }
  return body;
}

function readField(field) {
  if (field.type === "checkbox") return field.checked || field.dataset.always !== undefined ? field.checked : undefined;
  // An empty list is worth saying where the form stands for the whole of it.
  if (field.value === "") return field.dataset.as === "list" && field.dataset.always !== undefined ? [] : undefined;
  if (field.dataset.as === "minor") return Math.round(Number(field.value) * 10 ** Number(field.dataset.digits ?? 2));
  if (field.dataset.as === "list")
    return field.value
      .split(",")
      .map((part) => part.trim())
      .filter(Boolean);
  if (field.dataset.as === "nothing" && field.value === "null") return null;
  if (field.type === "number" || field.dataset.as === "number") return Number(field.value);
  return field.value;
}
