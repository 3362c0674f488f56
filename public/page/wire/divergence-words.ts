// Says in a sentence where two attempts diverge, and what that leads to. Pure.
import {
  carries,
  type RequestStep,
  type ResponseStep,
  type Step,
  stepOf,
} from "../../../scripts/model/trace.ts";
import type { Client } from "../../../scripts/model/vocabulary.ts";
import { frameWords, packetWords } from "../../../scripts/model/words/packet.ts";
import { printable } from "../../../scripts/model/words/printable.ts";
import { readPurpose, requestName } from "../../../scripts/model/words/purpose.ts";
import { sessionsOf } from "../../../scripts/model/words/routine.ts";
import { type AlignedRow, type Alignment, isDivergence } from "./align.ts";
import type { Side } from "./layout.ts";
import { credentialOf, raceOf, withoutSecrets } from "./traits.ts";

/** Two attempts and what their clients are called. */
interface Pair {
  left: Side;
  right: Side;
}

/** What stands beside each other in a row. */
interface Both {
  left: Step | undefined;
  right: Step | undefined;
}

/** Where two attempts diverge. */
export interface Divergence {
  words: string;
  /** The row of the alignment, by its steps; undefined if they never do. */
  row: AlignedRow | undefined;
  isInRoutine: boolean;
}

export function divergenceOf(alignment: Alignment, pair: Pair): Divergence {
  const { rows, divergesAt, isInRoutine } = alignment;
  const words = divergenceWords(alignment, pair);
  return { words, row: rows[divergesAt ?? -1], isInRoutine };
}

/** The step of that client's trace at which they diverge; undefined if it has none there. */
export function divergentStep(
  divergence: Divergence | undefined,
  client: Client,
): number | undefined {
  return client === "browser" ? divergence?.row?.left : divergence?.row?.right;
}

/** `They diverge at GET /socket.io/ (websocket handshake): Chrome 147 sends no Authorization header, Node sends one. …` */
function divergenceWords(alignment: Alignment, pair: Pair): string {
  const { rows, divergesAt, isInRoutine, isRestIdentical } = alignment;
  const { left, right } = pair;
  if (divergesAt === undefined)
    return `${left.names.client} and ${right.names.client} ${DO_THE_SAME}. ${raceWords(pair)}`.trim();
  const both = bothOf(rows[divergesAt]!, pair);
  const before = isInRoutine ? "Both exchange the same events. " : "";
  const after = isRestIdentical
    ? [`Otherwise they ${DO_THE_SAME}.`, raceWords(pair)]
    : [consequenceWords(rows.slice(divergesAt + 1), pair), endWords(pair)];
  const parting = `${before}They diverge ${placeWords(both, pair)}: ${differenceWords(both, pair)}.`;
  return [parting, ...after].filter(Boolean).join(" ");
}

/** What is compared. @see traits.ts */
const DO_THE_SAME =
  "send and receive the same; only times, connections and the number of polls may differ";

/** Where only one has upgraded before the server ended its session: that says nothing about the clients. */
function raceWords({ left, right }: Pair): string {
  return raceOf(left.trace.steps) === raceOf(right.trace.steps)
    ? ""
    : "How far the upgrade came before the server ended the session is a race, and may differ next time.";
}

function bothOf(row: AlignedRow, { left, right }: Pair): Both {
  return { left: left.trace.steps[row.left ?? -1], right: right.trace.steps[row.right ?? -1] };
}

/** `at GET /self`; `at GET /socket.io/ (polling handshake), the second time they connect`. */
function placeWords({ left, right }: Both, pair: Pair): string {
  const step = left ?? right!;
  const { steps } = (left ? pair.left : pair.right).trace;
  const times = (sessionsOf(steps)[steps.indexOf(step)] ?? 0) + 1;
  const ordinal = ["second", "third"][times - 2] ?? `${times}th`;
  return `at ${stepName(step, steps)}${times === 1 ? "" : `, the ${ordinal} time they connect`}`;
}

function stepName(step: Step, steps: readonly Step[]): string {
  switch (step.kind) {
    case "request":
      return requestName(step);
    case "response": {
      const request = stepOf(steps, step.answers);
      return request?.kind === "request" ? `the answer to ${requestName(request)}` : "a response";
    }
    case "frame":
      return `a frame from the ${step.from}`;
    case "check":
      return "a check of the credential";
    case "closed":
      return "the end of a connection";
  }
}

/** What the one does and the other does not. */
function differenceWords({ left, right }: Both, pair: Pair): string {
  const [one, other] = [pair.left.names.client, pair.right.names.client];
  if (left === undefined) return `only ${other} ${deedWords(right!)}`;
  if (right === undefined) return `only ${one} ${deedWords(left)}`;
  if (
    left.kind !== "request" ||
    right.kind !== "request" ||
    credentialOf(left) === credentialOf(right)
  )
    return deedsWords(left, right, pair);
  const [inLeft, inRight] = [headerName(left), headerName(right)];
  if ((inLeft === undefined) === (inRight === undefined))
    return `${one} sends ${header(left)}, ${other} sends ${header(right)}`;
  const [without, withIt] = inLeft === undefined ? [one, other] : [other, one];
  return `${without} sends no ${inLeft ?? inRight} header, ${withIt} sends one`;
}

/** Where both do the same, one of them does it more often. */
function deedsWords(left: Step, right: Step, pair: Pair): string {
  const [ofLeft, ofRight] = [deedWords(left), deedWords(right)];
  const times = ({ trace }: Pair["left"]): string => {
    const count = trace.steps.filter((step) => deedWords(step) === ofLeft).length;
    return count === 1 ? "once" : `${count} times`;
  };
  const [one, other] = [pair.left, pair.right];
  return ofLeft === ofRight
    ? `${one.names.client} ${ofLeft} ${times(one)}, ${other.names.client} ${times(other)}`
    : `${one.names.client} ${ofLeft}, ${other.names.client} ${ofRight}`;
}

/** That of the credential. */
function headerName({ headers }: RequestStep): "Authorization" | "Cookie" | undefined {
  if ("authorization" in headers) return "Authorization";
  return "cookie" in headers ? "Cookie" : undefined;
}

function header(step: RequestStep): string {
  return `${headerName(step) ?? "Authorization"}: ${printable(credentialOf(step))}`;
}

/** What the client does or meets. */
function deedWords(step: Step): string {
  switch (step.kind) {
    case "request": {
      const content = contentOf(step);
      return `sends ${requestName(step)}${content && ` with ${content}`}`;
    }
    case "response": {
      const challenge = step.headers["www-authenticate"];
      const status = printable(`${step.status} ${step.reason}`).trim();
      return `gets ${status}${challenge === undefined ? "" : ` (${printable(challenge)})`}`;
    }
    case "frame":
      return `${step.from === "client" ? "sends" : "receives"} ${frameWords(step)}`;
    case "check":
      return `has its credential checked (${step.what})`;
    case "closed":
      if (step.from === "client")
        return step.isCut ? "cuts its connection" : "closes its connection";
      return step.isCut ? "has its connection cut" : "has its connection closed";
  }
}

/** What a message carries, credentials and ids left out. */
function contentOf({ packets, body }: RequestStep | ResponseStep): string {
  return printable(withoutSecrets(packets.length > 0 ? packets.map(packetWords).join(" ") : body));
}

/** The first different answer after the divergence, or the first cut: what the difference led to. */
function consequenceWords(rows: readonly AlignedRow[], pair: Pair): string {
  const row = rows.find((each) => {
    if (!isDivergence(each)) return false;
    const { left, right } = bothOf(each, pair);
    // Bodies can differ where the words for both answers are the same.
    if (left && right && deedWords(left) === deedWords(right)) return false;
    return [left, right].some(
      (step) => step?.kind === "response" || (step?.kind === "closed" && step.isCut),
    );
  });
  if (row === undefined) return "";
  const word = row === rows.find(isDivergence) ? "Then" : "Later";
  return `${word} ${differenceWords(bothOf(row, pair), pair)}.`;
}

/** Where both connect at last, but by different transports: what the difference did not prevent. */
function endWords({ left, right }: Pair): string {
  const [one, other] = [left, right].map(({ trace }) => lastTransport(trace.steps));
  if (one === undefined || other === undefined || one === other) return "";
  const ends = [left, right].map(({ names, trace }, at) => {
    const isFallback = handshakeTransports(trace.steps).size > 1;
    return `${names.client} ${isFallback ? "falls back to" : "uses"} ${[one, other][at]}`;
  });
  return `In the end both connect: ${ends.join(", ")}.`;
}

/** By which the client sent its last packet; undefined if the namespace did not let it in. */
function lastTransport(steps: readonly Step[]): string | undefined {
  const answer = steps.findLast(
    (step) => carries(step, "server", "CONNECT") || carries(step, "server", "CONNECT_ERROR"),
  );
  if (answer === undefined || !carries(answer, "server", "CONNECT")) return undefined;
  const last = steps.findLast(
    (step) =>
      step.from === "client" &&
      "packets" in step &&
      step.packets.some(({ socket }) => socket !== undefined),
  );
  return last?.kind === "frame" ? "websocket" : "polling";
}

function handshakeTransports(steps: readonly Step[]): Set<string | undefined> {
  const purposes = steps.flatMap((step) => (step.kind === "request" ? [readPurpose(step)] : []));
  const handshakes = purposes.filter(({ purpose }) => purpose === "handshake");
  return new Set(handshakes.map(({ transport }) => transport));
}
