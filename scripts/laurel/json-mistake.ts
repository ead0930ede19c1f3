import { type ParseErrorCode, printParseErrorCode, visit } from "jsonc-parser";

/** Where a text stops being JSON, and what is wrong there. */
export type Mistake = { offset: number; said: string };

// Deeper than any programme: what reads it afterwards calls itself for every level.
const deepest = 200;

/** The first mistake of a text that should be JSON, in words; the reader of JSON has a place for some of them only. */
export function jsonMistake(json: string): Mistake | null {
  let depth = 0;
  const goIn = (offset: number) => {
    depth += 1;
    if (depth > deepest) throw new Found({ offset, said: "It is nested far too deep." });
  };
  const comeOut = () => {
    depth -= 1;
  };
  const onError = (code: ParseErrorCode, offset: number, length: number) => {
    throw new Found(inOurWords(json, printParseErrorCode(code), { offset, length }));
  };
  try {
    visit(
      json,
      { onObjectBegin: goIn, onArrayBegin: goIn, onObjectEnd: comeOut, onArrayEnd: comeOut, onError },
      { disallowComments: true },
    );
    return null;
  } catch (error) {
    if (error instanceof Found) return error.mistake;
    throw error;
  }
}

/** Nothing behind the first mistake is looked at. */
class Found extends Error {
  readonly mistake: Mistake;
  constructor(mistake: Mistake) {
    super(mistake.said);
    this.mistake = mistake;
  }
}

const text = "This text is not written as JSON: close it with a quotation mark on its line, and write \\ as \\\\.";
const comment = "JSON has no comments. Take it out, or write YAML and call the file .yaml.";

const words: Readonly<Record<string, string>> = {
  ColonExpected: "A colon is missing before this.",
  CommaExpected: "A comma is missing before this.",
  ValueExpected: "A value is missing here.",
  PropertyNameExpected: "A setting's name is missing here, in double quotation marks.",
  CloseBraceExpected: "It ends too early: “{” is never closed.",
  CloseBracketExpected: "It ends too early: “[” is never closed.",
  EndOfFileExpected: "Something stands behind the end of the programme. Take it away.",
  InvalidCommentToken: comment,
  UnexpectedEndOfComment: comment,
  UnexpectedEndOfString: text,
  InvalidUnicode: text,
  InvalidEscapeCharacter: text,
  InvalidCharacter: text,
};

function inOurWords(json: string, code: string, { offset, length }: { offset: number; length: number }): Mistake {
  const sign = json[offset] ?? "";
  const before = json.slice(0, offset).trimEnd();
  if (code === "ValueExpected" && before === "" && length === 0) return { offset: 0, said: "It is empty." };
  if (sign === "}" || sign === "]") {
    if (before.endsWith(",")) return { offset: before.length - 1, said: `No comma stands before “${sign}” in JSON. Take it away.` };
    if (code === "CommaExpected" || code === "EndOfFileExpected")
      return { offset, said: `“${sign}” closes nothing that was opened before it.` };
  }
  const word = json.slice(offset, offset + Math.max(1, length)).slice(0, 40);
  if (word.startsWith("'")) return { offset, said: "Texts and names stand in double quotation marks in JSON." };
  if (word.startsWith("#")) return { offset, said: comment };
  const nothing = `“${word}” is nothing that JSON knows: write a number, true, false or null, and texts and names in double quotation marks.`;
  return { offset, said: words[code] ?? nothing };
}
