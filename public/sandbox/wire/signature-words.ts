// What the trace shows about the signature of a token: nobody but the server has checked it. Pure.
import type { SeenToken, Step } from "../../../scripts/lab/wire/trace.ts";
import { answerTo, isRefusal, verdictAbout } from "../../../scripts/lab/wire/check-verdict.ts";
import { printable } from "./plain-text.ts";
import { readPurpose } from "../../../scripts/lab/wire/request-purpose.ts";

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
  const decision = verdictAbout(steps, index)?.decision;
  if (decision === "accepted")
    return { state: "accepted", sentence: "Checked by the server: accepted." };
  if (decision === "refused")
    return {
      state: "refused",
      sentence: "Checked by the server: refused. Which check failed is not on the wire.",
    };
  if (step.kind !== "request" || token.place !== "header") return UNKNOWN;
  return readPurpose(step).sessionId === undefined ? answeredState(steps, index) : NOT_CHECKED;
}

const UNKNOWN: SignatureState = {
  state: "unknown",
  sentence: "Nothing on the wire shows whether the server checked it.",
};

const NOT_CHECKED: SignatureState = {
  state: "unchecked",
  sentence: "Not checked here: the request belongs to a session, which its sid names.",
};

/** A plain request: the server tells of no check, but its answer shows what came of it. */
function answeredState(steps: readonly Step[], index: number): SignatureState {
  const answer = steps[answerTo(steps, index) ?? -1];
  if (answer?.kind !== "response") return UNKNOWN;
  const words = printable(`${answer.status} ${answer.reason}`).trim();
  return isRefusal(answer)
    ? { state: "refused", sentence: `Refused by the server: it answered ${words}.` }
    : { state: "accepted", sentence: `The server tells of no check, and answered ${words}.` };
}
