import { useRef } from "react";

/** A name for each place of a list that has none of its own, which goes along when its item is moved. */
export function useKeys(length: number): {
  at: (index: number) => number;
  remove: (index: number) => void;
  insert: (index: number) => void;
  move: (from: number, to: number) => void;
} {
  const known = useRef<{ keys: number[]; next: number }>({ keys: [], next: 0 });
  const { keys } = known.current;
  const fresh = () => known.current.next++;
  while (keys.length < length) keys.push(fresh());
  keys.length = length;
  return {
    at: (index) => keys[index] as number,
    remove: (index) => keys.splice(index, 1),
    insert: (index) => keys.splice(index, 0, fresh()),
    move: (from, to) => keys.splice(to, 0, ...keys.splice(from, 1)),
  };
}
