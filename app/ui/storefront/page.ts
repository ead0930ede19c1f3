import { Html, html } from "./html.ts";

// Everything is the theme's but spacing and the size of what is tapped.
const style = `
.laurel-page { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
.laurel-page ul { margin: 0; padding: 0; list-style: none; }
.laurel-page li { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .5rem 1rem; padding: .75rem 0; border-top: 1px solid rgba(127, 127, 127, .4); }
.laurel-page h2 { margin: 2rem 0 .5rem; }
.laurel-page li > span:first-child { flex: 1 1 11rem; }
.laurel-page code { overflow-wrap: anywhere; }
.laurel-page form { display: inline; margin: 0; }
.laurel-page .laurel-do { display: inline-flex; align-items: center; box-sizing: border-box; min-height: 2.75rem; min-width: 2.75rem; padding: .25rem 1.25rem; border: 2px solid currentcolor; border-radius: .25rem; background: transparent; color: inherit; font: inherit; font-weight: 600; text-decoration: none; cursor: pointer; }
.laurel-page .laurel-do:focus-visible { outline: 3px solid currentcolor; outline-offset: 3px; }
.laurel-page .laurel-balance { font-size: 1.75em; font-weight: 700; margin: .5rem 0; }
.laurel-page summary { display: inline-block; min-height: 2.75rem; line-height: 2.75rem; cursor: pointer; text-decoration: underline; }
.laurel-page summary:focus-visible { outline: 3px solid currentcolor; outline-offset: 3px; }
.laurel-page details li { display: block; padding: .25rem 0; border: 0; }
.laurel-page time { display: block; font-size: .875em; }
.laurel-page .laurel-actions { display: flex; flex-wrap: wrap; gap: .5rem; }
`;

// Nobody's words are in it.
const styles = new Html(style);

/** A page inside the shop's theme, which brings head, menu and foot. */
export const page = (title: string, content: Html): Html => html`<style>${styles}</style>
<div class="laurel-page">
<h1>${title}</h1>
${content}
</div>`;

/** A sentence that says what to do, and the way on. */
export const messagePage = (title: string, sentence: string, on: { href: string; label: string }): Html =>
  page(
    title,
    html`<p role="alert">${sentence}</p>
<p><a class="laurel-do" href="${on.href}">${on.label}</a></p>`,
  );
