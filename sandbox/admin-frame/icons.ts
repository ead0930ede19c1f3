// Small line drawings for the admin's menu, 20 by 20, in the colour of the text.

import { type Html, raw } from "./html.ts";

const paths: Record<string, string> = {
  home: '<path d="M3.5 9 10 3.5 16.5 9v6.5a1 1 0 0 1-1 1H12v-4.5H8v4.5H4.5a1 1 0 0 1-1-1z"/>',
  orders: '<path d="M4 11h3l1.2 2h3.6L13 11h3M5.2 4.5h9.6L16 11v4.5H4V11z"/>',
  products: '<path d="M10.6 3.5H16v5.4l-7 7.2-5.3-5.3z"/><circle cx="13" cy="6.6" r=".8"/>',
  customers: '<circle cx="10" cy="7" r="3"/><path d="M4 16.5c.6-3 3-4.5 6-4.5s5.4 1.5 6 4.5"/>',
  discounts: '<path d="m6.5 13.5 7-7"/><circle cx="7" cy="7" r="1.3"/><circle cx="13" cy="13" r="1.3"/><circle cx="10" cy="10" r="7"/>',
  store: '<path d="M4 8.5V16h12V8.5M3 8l1.5-4h11L17 8c0 2.5-3.5 2.5-3.5 0 0 2.5-3.5 2.5-3.5 0 0 2.5-3.5 2.5-3.5 0C6.5 10.5 3 10.5 3 8z"/>',
  app: '<rect x="3.5" y="3.5" width="5.5" height="5.5" rx="1.5"/><rect x="11" y="3.5" width="5.5" height="5.5" rx="1.5"/><rect x="3.5" y="11" width="5.5" height="5.5" rx="1.5"/><rect x="11" y="11" width="5.5" height="5.5" rx="1.5"/>',
  control: '<path d="M4 6h7M15 6h1M4 14h1M9 14h7"/><circle cx="13" cy="6" r="2"/><circle cx="7" cy="14" r="2"/>',
  view: '<path d="M2.5 10s2.7-5 7.5-5 7.5 5 7.5 5-2.7 5-7.5 5-7.5-5-7.5-5z"/><circle cx="10" cy="10" r="2.2"/>',
  menu: '<path d="M3.5 6h13M3.5 10h13M3.5 14h13"/>',
  clock: '<circle cx="10" cy="10" r="6.5"/><path d="M10 6.5V10l2.5 1.5"/>',
  theme: '<path d="M4 5h12v10H4zM4 8.5h12M8 8.5V15"/>',
};

export const icon = (name: keyof typeof paths | string): Html =>
  raw(
    `<svg class="icon" viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round" stroke-linecap="round" aria-hidden="true">${paths[name] ?? paths.app}</svg>`,
  );
