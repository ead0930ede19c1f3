/** What cannot be read as text, and in which line where that is known. */
export class NoText extends Error {
  readonly line: number | null;
  constructor(said: string, line: number | null) {
    super(said);
    this.line = line;
  }
}

const inUtf8 = "Save the file as UTF-8.";

/** The text of a file in UTF-8, without the mark that some editors put before it. @throws NoText */
export function textOf(bytes: Uint8Array): string {
  // Every other byte of Western letters is zero in UTF-16, and none is in UTF-8.
  if (bytes.includes(0)) throw new NoText(`It is no text in UTF-8 (UTF-16 perhaps). ${inUtf8}`, null);
  const utf8 = new TextDecoder("utf-8", { fatal: true });
  try {
    return utf8.decode(bytes);
  } catch {
    throw new NoText(`A letter of this line is not written in UTF-8. ${inUtf8}`, lineOfNoText(bytes));
  }
}

function lineOfNoText(bytes: Uint8Array): number {
  let line = 1;
  for (let from = 0; from < bytes.length; line += 1) {
    const end = bytes.indexOf(10, from);
    const until = end === -1 ? bytes.length : end + 1;
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(from, until));
    } catch {
      return line;
    }
    from = until;
  }
  return line;
}
