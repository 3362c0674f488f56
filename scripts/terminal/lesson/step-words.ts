// Says in words what one step on the wire was: a label for its arrow, and the lines that belong below it.
import type { FrameStep, Packet, RequestStep, ResponseStep, SeenToken } from "../../model/trace.ts";
import { printable, printableValue } from "../text.ts";

/** What stands on an arrow, and below it. */
export interface StepWords {
  label: string;
  details: string[];
}

/** A request: what was asked, and whether a credential came along. */
export function describeRequest(step: RequestStep): StepWords {
  const upgrade = step.headers["upgrade"] === undefined ? "" : "upgrade: ";
  return {
    label: upgrade + printable(`${step.method} ${step.target}`),
    details: [
      ...(step.opens === undefined ? [] : [`for ${step.opens}`]),
      describeAuthorization(step),
      ...describeContent(step),
    ],
  };
}

function describeAuthorization({ headers, tokens }: RequestStep): string {
  const { authorization } = headers;
  if (authorization === undefined) return "no Authorization header";
  const token = tokens.find(({ place }) => place === "header");
  // As it was sent: two spaces, or none, may be what the attempt is about.
  return `Authorization: ${printable(authorization)}${token ? describeBearer(token) : ""}`;
}

/** A response: its status, what it challenges the client to bring, and what it carries. */
export function describeResponse(step: ResponseStep): StepWords {
  const challenge = step.headers["www-authenticate"];
  return {
    label: printable(`${step.status} ${step.reason}`),
    details: [
      ...(challenge === undefined ? [] : [`WWW-Authenticate: ${printable(challenge)}`]),
      ...describeContent(step),
    ],
  };
}

function describeContent({
  packets,
  body,
  tokens,
  isCutShort,
}: RequestStep | ResponseStep): string[] {
  const inside = tokens.filter(({ place }) => place !== "header").flatMap(describeToken);
  const rest = isCutShort ? ["(the rest was not kept)"] : [];
  if (packets.length > 0) return [...packets.map(describePacket), ...inside, ...rest];
  return [...(body === "" ? [] : [printable(body)]), ...inside, ...rest];
}

/** A websocket frame: its packets by name, or what else it is. */
export function describeFrame(step: FrameStep): StepWords {
  if (step.isFragment) return { label: `${step.opcode}, to be continued`, details: [] };
  if (step.opcode === "close") return { label: describeClose(step), details: [] };
  const [first, ...others] = step.packets;
  return {
    label: first === undefined ? step.opcode : describePacket(first),
    details: [...others.map(describePacket), ...step.tokens.flatMap(describeToken)],
  };
}

function describeClose({ closeCode, closeReason }: FrameStep): string {
  const reason = closeReason ? ` ${printable(closeReason)}` : "";
  return `close${closeCode === undefined ? "" : ` ${closeCode}`}${reason}`;
}

/** `EVENT ["whoami"]`, `CONNECT {"token":"…2f8kQw"}`, `open`, `ping probe`. */
function describePacket({ engine, text, socket, namespace, id, data }: Packet): string {
  if (socket === undefined) return [engine, describeText(engine, text)].filter(Boolean).join(" ");
  const where = namespace === undefined || namespace === "/" ? "" : ` ${printable(namespace)}`;
  const number = id === undefined ? "" : ` #${id}`;
  return `${socket}${where}${number}${data === undefined ? "" : ` ${printableValue(data)}`}`;
}

function describeText(engine: string, text: string | undefined): string {
  if (text === undefined) return "";
  if (engine !== "open") return printable(text);
  const upgrades = /"upgrades":\[([^\]]*)\]/.exec(text)?.[1] ?? "";
  return upgrades === ""
    ? "a session, no upgrade on offer"
    : `a session, upgrade on offer: ${upgrades}`;
}

// --- Tokens ---

/** ` (john, HS256)`, as far as the token says it. */
function describeBearer({ header, claims }: SeenToken): string {
  const name = fieldOf(fieldOf(claims, "data"), "username");
  const algorithm = fieldOf(header, "alg");
  const known = [name, algorithm].filter((each) => typeof each === "string").map(printable);
  return known.length > 0 ? ` (${known.join(", ")})` : "";
}

/** What anybody can read in a token. */
function describeToken(token: SeenToken): string[] {
  if (token.claims === null) return [`a token …${printable(token.lastCharacters)}, unreadable`];
  return [
    `a token …${printable(token.lastCharacters)}, header ${printableValue(token.header)}`,
    `its claims ${printableValue(token.claims)}`,
  ];
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
