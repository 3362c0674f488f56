// Says in a sentence where two attempts part, and what comes of it. Pure.
import type { Step, Trace } from "../../../scripts/model/trace.ts";
import { type AlignedRow, type Alignment, isPartingRow } from "./align.ts";
import { frameWords, packetWords } from "./packet-words.ts";
import { printable } from "./plain-text.ts";
import { purposeWords, readPurpose } from "../../../scripts/model/request-purpose.ts";
import { credentialOf, withoutSecrets } from "./likeness.ts";

/** Two attempts and how each client is called. */
export interface Pair {
  left: Trace;
  right: Trace;
  /** `Chrome 147`, `Node`. */
  names: { left: string; right: string };
}

interface Both {
  left: Step | undefined;
  right: Step | undefined;
}

/** `They part at GET /socket.io/, websocket handshake: Chrome 147 sends no Authorization header, Node sends one. …` */
export function partingWords({ rows, partsAt, meetsAgain }: Alignment, pair: Pair): string {
  if (partsAt === undefined)
    return `${pair.names.left} and ${pair.names.right} go the same way: the same requests and answers, in the same order.`;
  const both = bothOf(rows[partsAt]!, pair);
  const after = meetsAgain
    ? "In all else both go the same way."
    : consequenceWords(rows.slice(partsAt + 1), pair);
  return `They part at ${placeWords(both)}: ${differenceWords(both, pair)}. ${after}`.trim();
}

function bothOf(row: AlignedRow, { left, right }: Pair): Both {
  return { left: left.steps[row.left ?? -1], right: right.steps[row.right ?? -1] };
}

function placeWords({ left, right }: Both): string {
  const step = left ?? right!;
  if (step.kind === "request") return requestName(step);
  if (step.kind === "response") return "an answer";
  if (step.kind === "check") return "a check of the credential";
  return step.kind === "closed" ? "the end of a connection" : `a frame of the ${step.from}`;
}

function requestName(step: Extract<Step, { kind: "request" }>): string {
  const purposeful = readPurpose(step);
  const purpose = purposeWords(purposeful);
  return printable(`${step.method} ${purposeful.path}`) + (purpose && ` (${purpose})`);
}

/** What the one does and the other does not. */
function differenceWords({ left, right }: Both, { names }: Pair): string {
  if (left === undefined) return `only ${names.right} ${deedWords(right!)}`;
  if (right === undefined) return `only ${names.left} ${deedWords(left)}`;
  if (
    left.kind === "request" &&
    right.kind === "request" &&
    credentialOf(left) !== credentialOf(right)
  )
    return credentialWords(left, right, names);
  return `${names.left} ${deedWords(left)}, ${names.right} ${deedWords(right)}`;
}

function credentialWords(
  left: Extract<Step, { kind: "request" }>,
  right: Extract<Step, { kind: "request" }>,
  names: Pair["names"],
): string {
  const [hasLeft, hasRight] = [left, right].map(({ headers }) => "authorization" in headers);
  const sends = (has: boolean | undefined, step: typeof left): string =>
    has ? `sends Authorization: ${printable(credentialOf(step))}` : "sends no Authorization header";
  if (hasLeft === hasRight)
    return `${names.left} ${sends(hasLeft, left)}, ${names.right} ${sends(hasRight, right)}`;
  const [without, withIt] = hasLeft ? [names.right, names.left] : [names.left, names.right];
  return `${without} sends no Authorization header, ${withIt} sends one`;
}

function deedWords(step: Step): string {
  const content = "body" in step ? contentOf(step) : "";
  switch (step.kind) {
    case "request":
      return `asks ${requestName(step)}${content && ` with ${content}`}`;
    case "response":
      return `is answered ${answerWords(step)}`;
    case "frame":
      return `${step.from === "client" ? "sends" : "is sent"} ${frameWords(step)}`;
    case "check":
      return `has its credential checked (${step.what})`;
    case "closed":
      return step.isCut ? "has its connection cut" : "has its connection closed";
  }
}

/** What a message carries, credentials and ids left out. */
function contentOf({ packets, body }: Extract<Step, { body: string }>): string {
  return printable(withoutSecrets(packets.length > 0 ? packets.map(packetWords).join(" ") : body));
}

function answerWords({ status, reason, headers }: Extract<Step, { kind: "response" }>): string {
  const challenge = headers["www-authenticate"];
  const words = printable(`${status} ${reason}`).trim();
  return challenge === undefined ? words : `${words} (${printable(challenge)})`;
}

/** The first different answer after the parting, or the first cut: what the difference led to. */
function consequenceWords(rows: readonly AlignedRow[], pair: Pair): string {
  const row = rows.find((each) => {
    if (!isPartingRow(each)) return false;
    const { left, right } = bothOf(each, pair);
    // Bodies can differ where all that is told of the answers is the same.
    if (left && right && deedWords(left) === deedWords(right)) return false;
    return [left, right].some(
      (step) => step?.kind === "response" || (step?.kind === "closed" && step.isCut),
    );
  });
  if (row === undefined) return "";
  const word = row === rows.find(isPartingRow) ? "Then" : "Later";
  return `${word} ${differenceWords(bothOf(row, pair), pair)}.`;
}
