// What the trace shows about the signature of a token: nobody but the server has checked it. Pure.
import type { SeenToken, Step } from "../../../scripts/model/trace.ts";
import { verdictAbout } from "../../../scripts/model/check-verdict.ts";
import { printable } from "./plain-text.ts";
import { readPurpose } from "../../../scripts/model/request-purpose.ts";

export interface SignatureState {
  state: "accepted" | "refused" | "unchecked" | "issued" | "unknown";
  sentence: string;
}

/** @param index the step that carried the token */
export function signatureState(
  steps: readonly Step[],
  index: number,
  token: SeenToken,
): SignatureState {
  const step = steps[index]!;
  if (step.from === "server")
    return { state: "issued", sentence: "The server sent it itself, in this answer." };
  const { decision, reason } = verdictAbout(steps, index) ?? {};
  if (decision === "accepted")
    return { state: "accepted", sentence: "Checked by the server: accepted." };
  if (decision === "refused")
    return {
      state: "refused",
      sentence:
        reason === undefined
          ? "Checked by the server: refused. Which check failed is not on the wire."
          : `Checked by the server: refused. Its log says "${printable(reason)}"; the wire does not.`,
    };
  if (step.kind !== "request" || token.place !== "header") return UNKNOWN;
  return readPurpose(step).sessionId === undefined ? UNKNOWN : NOT_CHECKED;
}

const UNKNOWN: SignatureState = {
  state: "unknown",
  sentence: "Nothing on the wire shows whether the server checked it.",
};

const NOT_CHECKED: SignatureState = {
  state: "unchecked",
  sentence: "Not checked here: the request belongs to a session, which its sid names.",
};
