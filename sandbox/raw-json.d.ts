// Node 24 has it; TypeScript's library does not yet.
interface JSON {
  rawJSON(text: string): unknown;
}
