// Product pictures drawn in code: flat shapes on a quiet ground, as data URIs, so that nothing is fetched.

export type Shape =
  | "bag"
  | "mug"
  | "candle"
  | "bottle"
  | "tin"
  | "shirt"
  | "blanket"
  | "soap"
  | "bowl"
  | "notebook"
  | "plant"
  | "card"
  | "teapot"
  | "pouch"
  | "whisk"
  | "box";
export type Colours = { ground: string; main: string; shade: string; light: string };

export function picture(shape: Shape, { ground, main, shade, light }: Colours): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" width="600" height="600"><rect width="200" height="200" fill="${ground}"/><ellipse cx="100" cy="165" rx="58" ry="7" fill="#000" opacity=".08"/>${shapes[shape](main, shade, light)}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

type Draw = (main: string, shade: string, light: string) => string;

const shapes: Record<Shape, Draw> = {
  bag: (main, shade, light) =>
    `<path d="M78 78V58a22 22 0 0 1 44 0v20" fill="none" stroke="${shade}" stroke-width="6" stroke-linecap="round"/><path d="M56 74h88l9 84a7 7 0 0 1-7 7H54a7 7 0 0 1-7-7z" fill="${main}"/><path d="M144 74l9 84a7 7 0 0 1-7 7h-18l-6-91z" fill="${shade}" opacity=".45"/><circle cx="92" cy="120" r="14" fill="none" stroke="${light}" stroke-width="4"/><path d="M92 106v28M80 113l24 14M80 127l24-14" stroke="${light}" stroke-width="2.5"/>`,
  mug: (main, shade, light) =>
    `<path d="M134 92h10a22 22 0 0 1 0 44h-10" fill="none" stroke="${shade}" stroke-width="9"/><path d="M56 74h80v72a18 18 0 0 1-18 18H74a18 18 0 0 1-18-18z" fill="${main}"/><path d="M118 74h18v72a18 18 0 0 1-18 18h-6q6-40 6-90z" fill="${shade}" opacity=".5"/><ellipse cx="96" cy="74" rx="40" ry="9" fill="${light}"/><ellipse cx="96" cy="75" rx="33" ry="6" fill="${shade}"/><path d="M82 58q-6-8 0-16t0-16M104 58q-6-8 0-16t0-16" fill="none" stroke="${light}" stroke-width="4" stroke-linecap="round" opacity=".8"/>`,
  candle: (main, shade, light) =>
    `<path d="M100 42q12 14 0 25q-12-11 0-25z" fill="#f2a33a"/><path d="M100 66v14" stroke="#4b4038" stroke-width="3"/><rect x="62" y="80" width="76" height="84" rx="10" fill="${main}"/><rect x="116" y="80" width="22" height="84" rx="10" fill="${shade}" opacity=".5"/><ellipse cx="100" cy="82" rx="38" ry="7" fill="${light}"/><rect x="74" y="108" width="46" height="32" rx="3" fill="${light}"/><path d="M83 119h28M88 129h18" stroke="${shade}" stroke-width="3" stroke-linecap="round"/>`,
  bottle: (main, shade, light) =>
    `<rect x="88" y="34" width="24" height="20" rx="4" fill="${shade}"/><path d="M90 54h20v12q18 8 18 26v62a11 11 0 0 1-11 11H83a11 11 0 0 1-11-11V92q0-18 18-26z" fill="${main}"/><path d="M110 54v12q18 8 18 26v62a11 11 0 0 1-11 11h-6q6-50-4-96z" fill="${shade}" opacity=".45"/><rect x="72" y="102" width="56" height="38" fill="${light}"/><path d="M82 114h36M82 123h24M82 131h30" stroke="${shade}" stroke-width="3" stroke-linecap="round"/>`,
  tin: (main, shade, light) =>
    `<rect x="58" y="70" width="84" height="94" rx="8" fill="${main}"/><rect x="120" y="70" width="22" height="94" rx="8" fill="${shade}" opacity=".5"/><ellipse cx="100" cy="70" rx="42" ry="10" fill="${shade}"/><ellipse cx="100" cy="64" rx="42" ry="10" fill="${light}"/><circle cx="94" cy="118" r="22" fill="${light}"/><path d="M94 132q-14-12 0-28q14 16 0 28zM94 108v24" fill="${main}" stroke="${shade}" stroke-width="2"/>`,
  shirt: (main, shade, light) =>
    `<path d="M78 48l-38 20 14 30 16-7v74h60V91l16 7 14-30-38-20q-22 18-44 0z" fill="${main}"/><path d="M130 91v74h-20q8-60 6-108l6-9 38 20-14 30z" fill="${shade}" opacity=".35"/><path d="M78 48q22 18 44 0" fill="none" stroke="${shade}" stroke-width="4"/><path d="M92 112q8-14 16 0q-8 14-16 0z" fill="${light}"/>`,
  blanket: (main, shade, light) =>
    `<path d="M44 72q56-16 112 0v80q-56 16-112 0z" fill="${main}"/><path d="M44 98q56-16 112 0v10q-56-16-112 0zM44 128q56-16 112 0v6q-56-16-112 0z" fill="${light}"/><path d="M128 66q14 2 28 6v80q-14 4-28 6z" fill="${shade}" opacity=".4"/><path d="M46 156v9M60 160v9M76 162v9M92 163v9M108 163v9M124 162v9M140 160v9M153 156v9" stroke="${shade}" stroke-width="3" stroke-linecap="round"/>`,
  soap: (main, shade, light) =>
    `<rect x="48" y="104" width="104" height="58" rx="18" fill="${main}"/><rect x="48" y="132" width="104" height="30" rx="15" fill="${shade}" opacity=".4"/><ellipse cx="100" cy="122" rx="34" ry="10" fill="${light}" opacity=".7"/><circle cx="72" cy="82" r="10" fill="${light}" opacity=".8"/><circle cx="96" cy="66" r="15" fill="${light}" opacity=".7"/><circle cx="126" cy="84" r="8" fill="${light}" opacity=".8"/>`,
  bowl: (main, shade, light) =>
    `<path d="M40 88h120q0 76-60 76T40 88z" fill="${main}"/><path d="M160 88q0 76-60 76q40-22 44-76z" fill="${shade}" opacity=".5"/><ellipse cx="100" cy="88" rx="60" ry="13" fill="${light}"/><ellipse cx="100" cy="90" rx="50" ry="9" fill="${shade}" opacity=".7"/>`,
  notebook: (main, shade, light) =>
    `<rect x="56" y="42" width="92" height="122" rx="6" fill="${main}"/><rect x="56" y="42" width="16" height="122" rx="5" fill="${shade}"/><path d="M136 42v122" stroke="${light}" stroke-width="4"/><rect x="84" y="66" width="40" height="26" rx="3" fill="${light}"/><path d="M91 76h26M91 84h16" stroke="${shade}" stroke-width="3" stroke-linecap="round"/>`,
  plant: (main, shade, light) =>
    `<path d="M100 112q-34-6-38-42q34 2 38 42q-4-50 14-72q22 28-14 72q4-36 40-38q-4 34-40 38z" fill="${light}"/><path d="M100 116V74" stroke="${shade}" stroke-width="3"/><path d="M66 112h68l-8 46a8 8 0 0 1-8 6H82a8 8 0 0 1-8-6z" fill="${main}"/><path d="M134 112l-8 46a8 8 0 0 1-8 6h-8l6-52z" fill="${shade}" opacity=".45"/><rect x="62" y="106" width="76" height="13" rx="4" fill="${main}"/>`,
  card: (main, shade, light) =>
    `<g transform="rotate(-8 100 105)"><rect x="36" y="66" width="128" height="80" rx="10" fill="${main}"/><path d="M36 96h128v50a0 0 0 0 1 0 0H46a10 10 0 0 1-10-10z" fill="${shade}" opacity=".25"/><path d="M66 66v80M36 92h128" stroke="${light}" stroke-width="6"/><path d="M66 92q-22-24-4-26q10 0 4 26q22-24 6-28q-12 2-6 28z" fill="none" stroke="${light}" stroke-width="4"/><path d="M104 124h44" stroke="${light}" stroke-width="5" stroke-linecap="round"/></g>`,
  teapot: (main, shade, light) =>
    `<path d="M140 112q30-2 26-34" fill="none" stroke="${shade}" stroke-width="9" stroke-linecap="round"/><path d="M62 110q-20-4-26-26" fill="none" stroke="${main}" stroke-width="12" stroke-linecap="round"/><ellipse cx="102" cy="122" rx="46" ry="42" fill="${main}"/><path d="M148 122a46 42 0 0 1-46 42q34-20 30-72q16 10 16 30z" fill="${shade}" opacity=".5"/><path d="M70 92q32-16 64 0q-32 10-64 0z" fill="${light}"/><circle cx="102" cy="78" r="7" fill="${shade}"/>`,
  pouch: (main, shade, light) =>
    `<path d="M60 44h80l8 112a8 8 0 0 1-8 9H60a8 8 0 0 1-8-9z" fill="${main}"/><path d="M118 44h22l8 112a8 8 0 0 1-8 9h-16z" fill="${shade}" opacity=".4"/><path d="M59 60h82" stroke="${shade}" stroke-width="3" stroke-dasharray="5 4"/><rect x="72" y="84" width="52" height="50" rx="26" fill="${light}"/><path d="M98 124q-14-14 0-30q14 16 0 30z" fill="${main}" stroke="${shade}" stroke-width="2"/>`,
  whisk: (main, shade, light) =>
    `<path d="M88 42h24l4 52H84z" fill="${shade}"/><path d="M84 94h32v9H84z" fill="${light}"/><path d="M84 103q-24 26-16 58M92 103q-12 28-8 62M100 103v64M108 103q12 28 8 62M116 103q24 26 16 58" fill="none" stroke="${main}" stroke-width="6" stroke-linecap="round"/>`,
  box: (main, shade, light) =>
    `<path d="M40 86l60-24 60 24-60 24z" fill="${light}"/><path d="M40 86l60 24v56l-60-24z" fill="${main}"/><path d="M160 86l-60 24v56l60-24z" fill="${shade}"/><path d="M70 74l60 24v20l-10-4" fill="none" stroke="${main}" stroke-width="5"/>`,
};
