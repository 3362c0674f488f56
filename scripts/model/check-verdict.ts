// What a check of a credential decided, as far as the trace shows it. Pure.
import type { CheckStep, Packet, RequestStep, ResponseStep, Step } from "./trace.ts";
import { readPurpose } from "./request-purpose.ts";

/** `open`: nothing on the wire shows it, for example because the trace ends before. */
export interface Verdict {
  decision: "accepted" | "refused" | "open";
  /** The step that was checked. */
  about: number | undefined;
  /** The step that shows the decision: an answer, or a connection that was cut. */
  shownBy: number | undefined;
  /** Why it was refused, where the server's log says so. */
  reason?: string | undefined;
}

/** A decision in words, the same in terminal and page. */
export const DECISION_WORDS: Record<Verdict["decision"], string> = {
  accepted: "credential accepted",
  refused: "credential refused",
  open: "credential checked",
};

/** What was checked, and which middleware of the server did it: `CONNECT packet · io.use`. */
export function checkedWords({ what }: CheckStep): string {
  if (what === "CONNECT packet") return `${what} · io.use`;
  return what.endsWith("/self") ? what : `${what} · io.engine.use`;
}

/** @param index of a check */
export function verdictOf(steps: readonly Step[], index: number): Verdict {
  const check = steps[index] as CheckStep;
  const found = lastBefore(index, steps, (step) => isAbout(check, step));
  const about = found === -1 ? undefined : found;
  const shownBy = about === undefined ? undefined : answerToCheck(steps, index, about);
  const { reason } = check;
  // The server's own word goes first; of an acceptance it prints none.
  const decision = reason === undefined ? decisionOf(steps[shownBy ?? -1]) : "refused";
  return { decision, about, shownBy, reason };
}

function answerToCheck(steps: readonly Step[], index: number, about: number): number | undefined {
  const isOfConnect = (steps[index] as CheckStep).what === "CONNECT packet";
  return isOfConnect ? answerToConnect(steps, index) : answerTo(steps, about);
}

// A line in the server's log may be read late, when another connection has gone on: then the last request that fits is meant.
function lastBefore(
  index: number,
  steps: readonly Step[],
  isMeant: (step: Step) => boolean,
): number {
  const { connection } = steps[index]!;
  const isNear = (step: Step): boolean => step.connection === connection && isMeant(step);
  const near = steps.slice(0, index).findLastIndex(isNear);
  return near === -1 ? steps.slice(0, index).findLastIndex(isMeant) : near;
}

/** The decisions about what a step carried: those of the checks that are about it. */
export function verdictAbout(steps: readonly Step[], about: number): Verdict | undefined {
  return steps
    .flatMap((step, index) => (step.kind === "check" ? [verdictOf(steps, index)] : []))
    .find((verdict) => verdict.about === about);
}

/** The index of the answer to a request, or of the cut that came instead; undefined if there is none. */
export function answerTo(steps: readonly Step[], about: number): number | undefined {
  const { connection } = steps[about]!;
  // HTTP/1.1 answers in order: the requests that were asked before on this connection and are not answered yet come first.
  let ahead = 0;
  for (const step of steps.slice(0, about))
    if (step.connection === connection)
      ahead += step.kind === "request" ? 1 : step.kind === "response" ? -1 : 0;
  const found = steps.findIndex((step, at) => {
    if (at <= about || step.connection !== connection) return false;
    if (step.kind === "response" && step.status !== 100) return ahead-- <= 0;
    return step.kind === "closed";
  });
  return found === -1 ? undefined : found;
}

/** The request that a response answers. */
export function requestOf(steps: readonly Step[], response: number): RequestStep | undefined {
  const step = steps.find(
    (each, at) => each.kind === "request" && answerTo(steps, at) === response,
  );
  return step?.kind === "request" ? step : undefined;
}

function answerToConnect(steps: readonly Step[], index: number): number | undefined {
  const found = steps.findIndex(
    (step, at) =>
      at > index &&
      (packetsFrom(step, "server").some(({ socket }) => socket?.startsWith("CONNECT")) ||
        (step.kind === "closed" && step.isCut)),
  );
  return found === -1 ? undefined : found;
}

function packetsFrom(step: Step, from: Step["from"]): Packet[] {
  return "packets" in step && step.from === from ? step.packets : [];
}

function isAbout({ what }: CheckStep, step: Step): boolean {
  if (what === "CONNECT packet")
    return packetsFrom(step, "client").some(({ socket }) => socket === "CONNECT");
  if (step.kind !== "request") return false;
  const { transport, path } = readPurpose(step);
  return what.startsWith(step.method) && what.includes(transport ?? path);
}

function decisionOf(step: Step | undefined): Verdict["decision"] {
  if (step === undefined) return "open";
  if (step.kind === "closed") return step.isCut ? "refused" : "open";
  if (packetsFrom(step, "server").some(({ socket }) => socket === "CONNECT_ERROR"))
    return "refused";
  if (step.kind !== "response") return "accepted";
  return isRefusal(step) && !isOfEngine(step) ? "refused" : "accepted";
}

/**
 * Engine.IO looks at transport, method and version once its middleware is through, so an answer about these says that the
 * check went well (engine.io 6.6, `verify`).
 */
function isOfEngine({ status, body }: ResponseStep): boolean {
  return status === 400 && OF_ENGINE.test(body);
}

const OF_ENGINE = /Transport unknown|Bad handshake method|Unsupported protocol version/;

/** Whether an answer refuses; a session that does not exist any more is refused as well. */
export function isRefusal({ status }: ResponseStep): boolean {
  return status >= 400;
}
