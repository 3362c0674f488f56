// The lines for a step: one for what matters, and a count for the rest. Pure.
import type { RequestStep, ResponseStep, Step } from "../trace.ts";
import { frameWords } from "../words/packet.ts";
import { printable } from "../words/printable.ts";
import { purposeWords, readPurpose } from "../words/purpose.ts";
import type { Client, Followed } from "./clients.ts";
import { credentialOf } from "./credential.ts";
import { isPreflight } from "./evidence.ts";
import { type Line, refused, say, type StepLine } from "./line.ts";
import { PacketLines } from "./packet-lines.ts";

export class StepLines {
  /** Requests that are not of Socket.IO, and frames of other websockets. */
  others = 0;
  readonly #packets: PacketLines;
  readonly #secondsAt: (atMs: number) => number;

  /** @param secondsAt since 1970, of a time of the trace */
  constructor(secondsAt: (atMs: number) => number) {
    this.#secondsAt = secondsAt;
    this.#packets = new PacketLines(secondsAt);
  }

  get heartbeats(): number {
    return this.#packets.heartbeats;
  }

  linesOf({ step, client, request }: Followed): StepLine[] {
    const lines = client ? this.#own(step, client, request) : this.#other(step, request);
    const { atMs } = step;
    return lines.map((line) => ({ alike: line.text, ...line, atMs, client }));
  }

  /** What is not of Socket.IO gets a line if it is about a token: a login, a request with one, a preflight. */
  #other(step: Step, request: RequestStep | undefined): Line[] {
    if (step.kind === "closed" || step.kind === "check") return [];
    if (step.kind !== "response" || request === undefined || !isAboutTokens(step, request)) {
      if (step.from === "client") this.others += 1;
      return [];
    }
    const now = this.#secondsAt(step.atMs);
    const shown = credentialOf(request.tokens, now, request.headers);
    const given = step.tokens.map((token) => credentialOf([token], now).text);
    const asked = printable(`${request.method} ${readPurpose(request).path}`);
    const parts = [asked, ...(shown.state === "absent" ? [] : [shown.text])];
    const text = [parts.join(", "), answerWords(step), ...given].join(" → ");
    return [{ ...say("·", text), topic: "others" }];
  }

  #own(step: Step, client: Client, request: RequestStep | undefined): Line[] {
    switch (step.kind) {
      case "request":
        return [...this.#handshake(step), ...this.#packets.linesOf(step, client)];
      case "response":
        return [...this.#packets.linesOf(step, client), ...responseLines(step, request, client)];
      case "frame":
        return step.opcode === "close" ? closeLines(step) : this.#packets.linesOf(step, client);
      case "closed":
        return [...this.#packets.unanswered(client), ...endLines(step, request)];
      case "check":
        return [];
    }
  }

  #handshake(step: RequestStep): Line[] {
    const purposeful = readPurpose(step);
    if (purposeful.purpose !== "handshake") return [];
    const { text, name } = credentialOf(step.tokens, this.#secondsAt(step.atMs), step.headers);
    const words = purposeWords(purposeful);
    return [{ ...say("▶", `${words}: ${text}`), alike: `${words}: ${name}` }];
  }
}

function isAboutTokens(response: ResponseStep, request: RequestStep): boolean {
  const hasTokens = response.tokens.length > 0 || request.tokens.length > 0;
  return hasTokens || response.status === 401 || isPreflight(request);
}

function answerWords({ status, reason, headers, body, packets }: ResponseStep): string {
  const { "www-authenticate": challenge, location } = headers;
  const isShown = status >= 400 && packets.length === 0 && body !== "" && !/^\s*</.test(body);
  const parts = [
    `${status} ${reason}`.trim(),
    challenge && `WWW-Authenticate: ${challenge}`,
    // The address that a sign-in returns to differs each time.
    location && `Location: ${location.replace(/\?.*$/s, "?…")}`,
    isShown && body,
  ];
  return printable(parts.filter(Boolean).join(" · "));
}

function responseLines(
  step: ResponseStep,
  request: RequestStep | undefined,
  { hasOpened }: Client,
): Line[] {
  if (request === undefined || step.status < 200) return [];
  const { purpose } = readPurpose(request);
  if (step.status >= 300) {
    const line = refused("◀", `${purpose} refused: ${answerWords(step)}`);
    // A body may name the time, or the request.
    return [{ ...line, alike: `${step.status} ${line.text.replaceAll(/\d[\w-]*/g, "#")}` }];
  }
  const isSession = purpose !== "handshake" || hasOpened;
  return isSession ? [] : [refused("◀", `${answerWords(step)}, which opens no session`)];
}

/** Normal, going away, and without a code (RFC 6455 §7.4.1): the end of the connection is enough to tell. */
const USUAL = new Set([undefined, 1000, 1001, 1005]);

function closeLines(step: Extract<Step, { kind: "frame" }>): Line[] {
  if (USUAL.has(step.closeCode)) return [];
  const words = frameWords(step);
  return step.from === "client" ? [say("▶", words)] : [refused("◀", words)];
}

function endLines(
  step: Extract<Step, { kind: "closed" }>,
  request: RequestStep | undefined,
): Line[] {
  const purpose = request && readPurpose(request).purpose;
  if (purpose === "handshake" && step.from === "server")
    return [refused("◀", "handshake refused: the connection is cut")];
  // Between two polls a connection may end.
  if (purpose === "poll" || purpose === "send")
    return [say("·", `the ${step.from} cuts a ${purpose}`)];
  return [say("·", step.isCut ? `the ${step.from} cuts the connection` : "closed")];
}
