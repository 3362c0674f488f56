// The person's own attempt: the one that the switches describe, beside those of a lesson. Pure.
import type { Attempt } from "./attempt.ts";
import type { OwnSwitches } from "./switches.ts";

/** Its id; no attempt of a lesson is called so. */
export const OWN = "own";

/** It connects, and that is all. No lesson says anything of it. */
export function ownAttempt({
  transports,
  tryAllTransports,
  credential,
  scheme,
  token,
}: OwnSwitches): Attempt {
  const title = "Your own attempt";
  const act = { transports, tryAllTransports, credential, scheme, token };
  return { id: OWN, label: title, title, acts: [{ do: "connect", as: "socket", ...act }] };
}
