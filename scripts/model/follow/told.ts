// What is told of a step that a client made or got: a line each. Pure.
import type { Packet, RequestStep, ResponseStep, Step } from "../trace.ts";
import { packetWords } from "../words/packet.ts";
import { printable, printableValue } from "../words/printable.ts";
import { purposeWords, readPurpose } from "../words/purpose.ts";
import type { Tone } from "../words/step.ts";
import type { Client, Followed } from "./clients.ts";
import { credentialOf } from "./credential.ts";
import { isPreflight } from "./evidence.ts";

/** What a line is about, by which lines can be chosen. */
export type Topic = "handshakes" | "refused" | "events" | "others" | "troubles";

export interface Told {
  atMs: number;
  client: Client | undefined;
  sign: "▶" | "◀" | "·" | "!";
  text: string;
  /** The same for what differs in times alone. */
  alike: string;
  /** Milliseconds since what it answers. */
  took?: number;
  tone: Tone;
  topic: Topic;
}

/** What is counted and not told. */
export interface Counts {
  heartbeats: number;
  /** Requests that are not of Socket.IO, and frames of other websockets. */
  others: number;
}

interface Asked {
  what: string;
  atMs: number;
}

const MOST_ASKED = 100;

export class Teller {
  readonly counts: Counts = { heartbeats: 0, others: 0 };
  readonly #asked = new WeakMap<Client, Map<string, Asked>>();
  readonly #secondsAt: (atMs: number) => number;

  /** @param secondsAt since 1970, of a time of the trace */
  constructor(secondsAt: (atMs: number) => number) {
    this.#secondsAt = secondsAt;
  }

  tell({ step, client, request }: Followed): Told[] {
    const told =
      client === undefined ? this.#other(step, request) : this.#own(step, client, request);
    return told.map((each) => ({
      alike: `${each.sign} ${each.text}`,
      ...each,
      atMs: step.atMs,
      client,
    }));
  }

  /** What is not of Socket.IO is told only if it is about a token: a log-in, a request with one, a preflight. */
  #other(step: Step, request: RequestStep | undefined): Line[] {
    if (step.kind === "closed" || step.kind === "check") return [];
    const isAboutTokens =
      step.kind === "response" &&
      (step.tokens.length > 0 ||
        step.status === 401 ||
        !!request?.tokens.length ||
        isPreflight(request));
    if (!isAboutTokens) {
      if (step.from === "client") this.counts.others += 1;
      return [];
    }
    const { path } = readPurpose(request ?? { method: "", target: "" });
    const shown = credentialOf(request?.tokens ?? [], this.#secondsAt(step.atMs), request?.headers);
    const given = step.tokens.map(
      (token) => credentialOf([token], this.#secondsAt(step.atMs)).text,
    );
    const asked = `${request?.method} ${path}${shown.state === "absent" ? "" : `, ${shown.text}`}`;
    return [
      { ...say("·", [printable(asked), answerWords(step), ...given].join(" → ")), topic: "others" },
    ];
  }

  #own(step: Step, client: Client, request: RequestStep | undefined): Line[] {
    switch (step.kind) {
      case "request":
        return [...this.#request(step), ...this.#packets(step, client)];
      case "response":
        return [...this.#packets(step, client), ...responseLines(step, request, client)];
      case "frame":
        return this.#packets(step, client);
      case "closed":
        return closedLines(step, request);
      default:
        return [];
    }
  }

  #request(step: RequestStep): Line[] {
    const purposeful = readPurpose(step);
    if (purposeful.purpose !== "handshake") return [];
    const credential = credentialOf(step.tokens, this.#secondsAt(step.atMs), step.headers);
    const words = purposeWords(purposeful);
    return [{ ...say("▶", `${words}: ${credential.text}`), alike: `${words}: ${credential.name}` }];
  }

  #packets(step: Extract<Step, { packets: Packet[] }>, client: Client): Line[] {
    return step.packets.flatMap((packet) => this.#packet(packet, step, client));
  }

  #packet(packet: Packet, step: Extract<Step, { packets: Packet[] }>, client: Client): Line[] {
    const { engine, socket, data, text } = packet;
    const sign = step.from === "client" ? "▶" : "◀";
    if (engine === "ping" || engine === "pong") {
      if (text === undefined) this.counts.heartbeats += 1;
      return [];
    }
    if (engine === "noop") return [];
    if (engine === "open") return [say(sign, openWords(text ?? "", step.kind))];
    if (engine === "upgrade") return [say(sign, "goes on over websocket")];
    if (engine === "close") return [say(sign, "closes the session")];
    const size =
      step.bytes === undefined ? "" : ` (cut: ${step.bytes.toLocaleString("en-GB")} bytes)`;
    if (socket === undefined)
      return data === "<binary>" ? [] : [event(sign, packetWords(packet) + size)];
    const where = namespaceWords(packet);
    const answered = this.#answered(client, packet, step);
    switch (socket) {
      case "CONNECT": {
        if (sign === "◀") return [{ ...say(sign, `connected${where}`, "good"), ...answered.took }];
        const credential = credentialOf(step.tokens, this.#secondsAt(step.atMs));
        const more =
          credential.state === "absent" && data !== undefined ? `, ${printableValue(data)}` : "";
        const alike = `CONNECT${where}: ${credential.name}${more}`;
        return [{ ...say(sign, `CONNECT${where}: ${credential.text}${more}`), alike }];
      }
      case "CONNECT_ERROR":
        return [
          {
            ...refused(sign, `CONNECT${where} refused: ${printableValue(data)}`),
            ...answered.took,
          },
        ];
      case "DISCONNECT":
        return [
          sign === "◀"
            ? refused(sign, `disconnects the client${where}`)
            : say(sign, `DISCONNECT${where}`),
        ];
      case "ACK":
      case "BINARY_ACK":
        return [
          {
            ...event(
              sign,
              `answer to ${answered.what ?? `#${packet.id}`}${where} ${printableValue(data)}${size}`,
            ),
            ...answered.took,
          },
        ];
      default: {
        const [name, ...values] = Array.isArray(data) ? (data as unknown[]) : [data];
        const shown = [name, ...values].map(printableValue).join(" ");
        return [event(sign, `event${where} ${shown}${size}`)];
      }
    }
  }

  /** What a packet answers, by its namespace and its number; a packet that asks for an answer is noted. */
  #answered(
    client: Client,
    { socket, id, namespace, data }: Packet,
    { from, atMs }: Step,
  ): { what?: string; took?: { took: number } } {
    const asked = this.#asked.get(client) ?? new Map<string, Asked>();
    this.#asked.set(client, asked);
    const other = from === "client" ? "server" : "client";
    const isAnswer = /ACK$|ERROR$/.test(socket!) || (socket === "CONNECT" && from === "server");
    const key = `${isAnswer ? other : from} ${namespace} ${id ?? socket!.replace("_ERROR", "")}`;
    if (!isAnswer) {
      if (id === undefined && socket !== "CONNECT") return {};
      if (asked.size >= MOST_ASKED) asked.delete([...asked.keys()][0]!);
      asked.set(key, { what: printableValue(Array.isArray(data) ? data[0] : ""), atMs });
      return {};
    }
    const question = asked.get(key);
    asked.delete(key);
    return question === undefined
      ? {}
      : { what: question.what, took: { took: atMs - question.atMs } };
  }
}

type Line = Omit<Told, "atMs" | "client" | "alike"> & { alike?: string };

function say(sign: Told["sign"], text: string, tone: Tone = "plain"): Line {
  return { sign, text, tone, topic: "handshakes" };
}

function event(sign: Told["sign"], text: string): Line {
  return { sign, text, tone: "plain", topic: "events" };
}

function refused(sign: Told["sign"], text: string): Line {
  return { sign, text, tone: "bad", topic: "refused" };
}

function namespaceWords({ namespace = "/" }: Packet): string {
  return namespace === "/" ? "" : ` ${printable(namespace)}`;
}

function openWords(text: string, kind: Step["kind"]): string {
  const canUpgrade = /"upgrades":\["?\w/.test(text);
  return `session opens over ${kind === "frame" ? "websocket" : `polling${canUpgrade ? ", websocket offered" : ""}`}`;
}

function answerWords({ status, reason, headers, body, packets }: ResponseStep): string {
  const parts = ["www-authenticate", "location"].flatMap((name) => headers[name] ?? []);
  const isShort = status >= 400 && packets.length === 0 && !/^\s*</.test(body) && body !== "";
  return printable(
    [`${status} ${reason}`.trim(), ...parts, ...(isShort ? [body] : [])].join(" · "),
  );
}

function responseLines(
  step: ResponseStep,
  request: RequestStep | undefined,
  { hasOpened }: Client,
): Line[] {
  if (request === undefined || step.status < 200) return [];
  const { purpose } = readPurpose(request);
  if (step.status >= 300) return [refused("◀", `${purpose} refused: ${answerWords(step)}`)];
  const isSession = purpose !== "handshake" || hasOpened;
  return isSession ? [] : [refused("◀", `${answerWords(step)}, which opens no session`)];
}

function closedLines(
  step: Extract<Step, { kind: "closed" }>,
  request: RequestStep | undefined,
): Line[] {
  const who = step.from === "client" ? "the client" : "the server";
  const purpose = request && readPurpose(request).purpose;
  if (purpose === "handshake" && step.from === "server")
    return [refused("◀", "handshake refused: the connection is cut")];
  // Between two polls a connection may end.
  if (purpose === "poll" || purpose === "send") return [say("·", `${who} cuts a ${purpose}`)];
  return [say("·", step.isCut ? `${who} cuts the connection` : `${who} closes`)];
}
