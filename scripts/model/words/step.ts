// One step of a trace in words: for the diagram and the list of the page, a screen reader, and the terminal. Pure.
import {
  type CheckStep,
  type ClosedStep,
  type Decision,
  type FrameStep,
  isOfRight,
  type RequestStep,
  type ResponseStep,
  type SeenToken,
  type Step,
} from "../trace.ts";
import { frameWords, packetWords } from "./packet.ts";
import { printable } from "./printable.ts";
import { purposeWords, readPurpose, requestName } from "./purpose.ts";
import { maskedToken } from "./token.ts";
import { atServer, serverWords, timeWords } from "./values.ts";

/** The meaning of a line, for a colour beside its words. */
export type Tone = "plain" | "quiet" | "good" | "bad";

export interface Line {
  text: string;
  tone: Tone;
  /** The token that the line names. */
  token?: SeenToken;
}

interface CredentialLine extends Line {
  isPresent: boolean;
}

export interface StepWords {
  /** `GET /socket.io/ · websocket handshake`, `401 Unauthorized`, `EVENT #0 ["whoami"]`, `credential refused`. */
  title: string;
  tone: Tone;
  /** The credential in the header of a request, or that there is none; undefined for other steps. */
  credential: CredentialLine | undefined;
  /** What else there is to say, each on a line. */
  content: Line[];
  /** All of it as one sentence. */
  sentence: string;
}

/** What the two sides are called: `Chrome 147` and `cjs server`. */
export interface SideNames {
  client: string;
  server: string;
}

export function stepWords(step: Step, names: SideNames): StepWords {
  const { title, content, deed, ...words } = WORDS[step.kind](step as never);
  const { server, expiredMs } = step;
  const who = step.from === "client" ? names.client : `the ${names.server}`;
  // When a check was made, nothing on the wire shows.
  const time = step.kind === "check" ? "Then" : `At ${timeWords(step.atMs)} ms`;
  const to = server === undefined ? "" : ` to ${serverWords(server)}`;
  const where = step.kind === "closed" ? [] : [`on connection ${step.connection}${to}`];
  const ago =
    expiredMs === undefined ? [] : [`the token expired ${timeWords(expiredMs)} ms before`];
  return {
    credential: undefined,
    ...words,
    title: server === undefined ? title : title + atServer(server),
    content: [...ago.map((text): Line => ({ text, tone: "bad" })), ...content],
    sentence: `${[time, ...where, ...ago].join(", ")}: ${who} ${deed}.`,
  };
}

interface Words extends Omit<StepWords, "sentence" | "credential"> {
  credential?: CredentialLine;
  /** What the sender does: `sends GET /self, with no Authorization header`. */
  deed: string;
}

const WORDS: { [Kind in Step["kind"]]: (step: Extract<Step, { kind: Kind }>) => Words } = {
  request: requestWords,
  response: responseWords,
  frame: frameStepWords,
  check: checkWords,
  closed: closedWords,
};

// --- Requests and responses ---

function requestWords(step: RequestStep): Words {
  const purposeful = readPurpose(step);
  const { sessionId } = purposeful;
  const credential = credentialLine(step);
  const origin = foreignOrigin(step);
  const session = credential.isPresent || sessionId === undefined ? "" : `; sid ${sessionId}`;
  const request = printable(`${step.method} ${purposeful.path}`);
  return {
    title: [request, purposeWords(purposeful), step.opens].filter(Boolean).join(" · "),
    tone: "plain",
    credential: { ...credential, text: credential.text + printable(session) },
    content: [...origin.map(plain), ...contentLines(step)],
    deed: [
      `sends ${requestName(step)}`,
      ...(step.opens === undefined ? [] : [`for ${step.opens}`]),
      `with ${credential.text}`,
      ...origin.map((words) => `with ${words}`),
      ...contentWords(step),
    ].join(", "),
  };
}

/** `Authorization: bearer …2f8kQw`, as it was sent: two spaces, or none, may be what the attempt is about. */
export function credentialLine({ headers, tokens, lacksCookie }: RequestStep): CredentialLine {
  const { authorization, cookie } = headers;
  const sent = authorization ?? cookie;
  if (sent === undefined) {
    const header = lacksCookie === true ? "Cookie" : "Authorization";
    return { isPresent: false, text: `no ${header} header`, tone: "plain" };
  }
  const token = tokens.find(({ place }) => place === "header");
  const text = `${authorization === undefined ? "Cookie" : "Authorization"}: ${printable(sent)}`;
  return { isPresent: true, text, tone: "plain", ...(token && { token }) };
}

/** `Origin: http://127.0.0.1:4000`, where it is not the server's own. */
function foreignOrigin({ headers: { origin, host } }: RequestStep): string[] {
  const isOwn = origin === `http://${host}` || origin === `https://${host}`;
  return origin === undefined || isOwn ? [] : [`Origin: ${printable(origin)}`];
}

function responseWords(step: ResponseStep): Words {
  const status = printable(`${step.status} ${step.reason}`).trim();
  const challenge = step.headers["www-authenticate"];
  const cookie = step.headers["set-cookie"];
  const headers = [
    ...(challenge === undefined ? [] : [`WWW-Authenticate: ${printable(challenge)}`]),
    ...(cookie === undefined ? [] : [`Set-Cookie: ${printable(cookie)}`]),
  ];
  return {
    title: status,
    tone: step.status < 400 ? "good" : "bad",
    content: [...headers.map(plain), ...contentLines(step)],
    deed: [
      `responds with ${status}`,
      ...headers.map((words) => `with ${words}`),
      ...contentWords(step),
    ].join(", "),
  };
}

function contentLines(step: RequestStep | ResponseStep): Line[] {
  const { packets, body, tokens, isCutShort } = step;
  const carried =
    packets.length > 0 ? packets.map(packetWords) : body === "" ? [] : [printable(body)];
  return [
    ...carried.map(plain),
    ...tokens.filter(({ place }) => place !== "header").map(tokenLine),
    ...(isCutShort ? [REST_NOT_STORED] : []),
  ];
}

function contentWords({ packets, body, isCutShort }: RequestStep | ResponseStep): string[] {
  if (packets.length > 0) return [`carrying ${packets.map(packetWords).join(" and ")}`];
  if (body === "") return [];
  return [`with the body ${printable(body)}${isCutShort ? "…" : ""}`];
}

function plain(text: string): Line {
  return { text, tone: "plain" };
}

function tokenLine(token: SeenToken): Line {
  return { text: `token ${maskedToken(token)}`, tone: "plain", token };
}

const REST_NOT_STORED: Line = { text: "the rest was not stored", tone: "quiet" };

// --- Frames, checks, ends ---

function frameStepWords(step: FrameStep): Words {
  const { packets, tokens, isCutShort } = step;
  const isError = packets.some(({ socket }) => socket === "CONNECT_ERROR");
  const [first, ...others] = packets.length > 1 ? packets.map(packetWords) : [frameWords(step)];
  return {
    title: first!,
    tone: isError ? "bad" : "plain",
    content: [
      ...others.map(plain),
      ...tokens.map(tokenLine),
      ...(isCutShort ? [REST_NOT_STORED] : []),
    ],
    deed: [
      `sends ${step.opcode === "close" ? "a " : ""}${frameWords(step)}`,
      ...tokens.map((token) => `with token ${maskedToken(token)}`),
    ].join(", "),
  };
}

const DECISIONS: Record<Decision, { title: string; tone: Tone; deed: string }> = {
  accepted: { title: "credential accepted", tone: "good", deed: " and accepts it" },
  refused: { title: "credential refused", tone: "bad", deed: " and refuses it" },
  open: {
    title: "credential checked",
    tone: "plain",
    deed: "; nothing on the wire shows the decision",
  },
};

// A server logs the question for a right only where it refuses.
const RIGHT_MISSING = {
  title: "right missing",
  tone: "bad",
  deed: " and does not find it",
} as const;

function checkWords({ what, decision, reason }: CheckStep): Words {
  const { title, tone, deed } = isOfRight({ what }) ? RIGHT_MISSING : DECISIONS[decision];
  const why = reason === undefined ? [] : [`"${printable(reason)}"`];
  return {
    title,
    tone,
    content: [{ text: checkedWords(what), tone: "quiet" }, ...why.map(plain)],
    deed: [
      `${isOfRight({ what }) ? "looks for the" : "checks the credential of"} ${what}${deed}`,
      ...why,
    ].join(": "),
  };
}

/** What was checked, and which middleware of the server did it: `CONNECT packet · io.use`. */
function checkedWords(what: string): string {
  if (what === "CONNECT packet") return `${what} · io.use`;
  if (isOfRight({ what })) return `${what.slice("right ".length)} · use`;
  // A plain request has its path in it: `GET /self`.
  return what.includes(" /") ? what : `${what} · io.engine.use`;
}

// Which connection it was stands on the wire, beside it.
function closedWords({ from, isCut, connection }: ClosedStep): Words {
  return isCut
    ? {
        title: `the ${from} cuts the connection`,
        tone: "bad",
        content: [],
        deed: `cuts connection ${connection} without a word`,
      }
    : { title: "closes", tone: "quiet", content: [], deed: `closes connection ${connection}` };
}
