import { useMemo } from "react";
import { namesOf } from "../../loyalty/earning/sentence.ts";
import type { Definition } from "../../loyalty/program/definition.ts";
import { type Say, wordsOf } from "../../loyalty/say.ts";
import { useWords } from "../words.ts";

/** The words of the programme that is being edited, which may call its things otherwise than the one in force. */
export function useSay(definition: Definition): Say {
  const { currency } = useWords();
  return useMemo(() => sayOf(definition, currency), [definition, currency]);
}

export const sayOf = (definition: Definition, currency: string): Say =>
  wordsOf({ currency, pointsName: definition.points, units: definition.units, names: namesOf(definition) });
