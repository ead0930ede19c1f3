/** A tier's own sign in its own colour. It is decoration: the name stands beside it. */
export function LevelIcon({ icon, colour, size = 28 }: { icon: string; colour: string; size?: number }) {
  const safe = /^#[0-9a-f]{6}$/i.test(colour) ? colour : "#8a8a8a";
  return (
    <svg width={size} height={size} viewBox="0 0 28 28" aria-hidden="true" className="laurel-level-icon">
      <circle cx="14" cy="14" r="14" fill={safe} />
      <path d={paths[icon] ?? paths.star} fill={isLight(safe) ? "#1a1a1a" : "#ffffff"} />
    </svg>
  );
}

const paths: Record<string, string> = {
  star: "M14 6l2.5 5.2 5.7.7-4.2 3.9 1.1 5.7-5.1-2.8-5.1 2.8 1.1-5.7-4.2-3.9 5.7-.7z",
  heart: "M14 21.5l-6.3-6.2a4 4 0 0 1 5.7-5.7l.6.6.6-.6a4 4 0 0 1 5.7 5.7z",
  crown: "M7 10.5l3.6 3L14 8l3.4 5.5 3.6-3-1.4 9.5H8.4z",
  diamond: "M10 8h8l3.5 4.2L14 21l-7.500-8.800z",
  leaf: "M8 20c0-8 4-12 12.500-12.500C20.500 16 16.500 20 11 18.500L9 20.500z",
  medal: "M10 6h3l1 2.500L15 6h3l-2 5.300a5 5 0 1 1-4 0z",
  plane: "M7 15.500l14-8-4.500 13-3-4.500 3.500-5-5.500 4z",
  cup: "M8 9h10v1.500h1.500a2.500 2.500 0 0 1 0 5H17.600A5 5 0 0 1 8 14zm10 3v2h1.200a1 1 0 0 0 0-2z",
};

// The sign has to be seen on whatever colour was chosen.
function isLight(colour: string): boolean {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  return red * 0.299 + green * 0.587 + blue * 0.114 > 150;
}
