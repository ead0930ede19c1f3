import { useLocation } from "@remix-run/react";
import { useRef } from "react";

/** Goes along to the page of what was new, where somebody typed on while it was being saved. */
export const goingOn = { goesOn: true } as const;

/** A form's key: another thing has a form of its own, while the form of what was new goes on as it is, its focus included. */
export function useFormKey(id: string | undefined): number {
  const { state } = useLocation();
  const form = useRef({ id, key: 0 });
  if (form.current.id !== id) form.current = { id, key: form.current.key + (state?.goesOn ? 0 : 1) };
  return form.current.key;
}
