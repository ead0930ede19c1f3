// Long lists, fifty to a page.

import { type Html, html } from "../html.ts";

const perPage = 50;

export function paged<T>(all: T[], query: URLSearchParams): { shown: T[]; links: Html | false } {
  const last = Math.max(1, Math.ceil(all.length / perPage));
  const page = Math.min(last, Math.max(1, Number(query.get("page")) || 1));
  const to = (number: number) => {
    const next = new URLSearchParams(query);
    next.set("page", String(number));
    return `?${next}`;
  };
  const links = html`<nav class="pages" aria-label="Pages">
    ${page > 1 && html`<a class="button" href="${to(page - 1)}">Previous</a>`}
    <span class="quiet">Page ${page} of ${last}</span>
    ${page < last && html`<a class="button" href="${to(page + 1)}">Next</a>`}
  </nav>`;
  return { shown: all.slice((page - 1) * perPage, page * perPage), links: last > 1 && links };
}

export const searchBox = (query: URLSearchParams, label: string): Html =>
  html`<form method="get" class="inline"><input type="search" name="q" value="${query.get("q") ?? ""}" placeholder="${label}" aria-label="${label}"><button>Search</button></form>`;
