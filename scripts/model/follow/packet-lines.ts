// The lines for the packets that a step carries: an answer names what it answers, and how long that took. Pure.
import type { FrameStep, Packet, RequestStep, ResponseStep } from "../trace.ts";
import { packetWords } from "../words/packet.ts";
import { printable, printableValue } from "../words/printable.ts";
import { fieldsOf } from "../fields-of.ts";
import type { Client } from "./clients.ts";
import { credentialOf } from "./credential.ts";
import { event, type Line, refused, say } from "./line.ts";

type Carrier = RequestStep | ResponseStep | FrameStep;

interface Asked {
  what: string;
  atMs: number;
}

const MOST_ASKED = 100;

export class PacketLines {
  heartbeats = 0;
  readonly #asked = new WeakMap<Client, Map<string, Asked>>();
  readonly #secondsAt: (atMs: number) => number;

  /** @param secondsAt since 1970, of a time of the trace */
  constructor(secondsAt: (atMs: number) => number) {
    this.#secondsAt = secondsAt;
  }

  linesOf(step: Carrier, client: Client): Line[] {
    return step.packets.flatMap((packet) =>
      packet.socket === undefined
        ? this.#enginePacket(packet, step)
        : this.#socketPacket(packet, step, client),
    );
  }

  /** What is left to say of a client that goes: whether the server owes it an answer. */
  unanswered(client: Client): Line[] {
    const isOwed = [...(this.#asked.get(client)?.keys() ?? [])].some((key) =>
      key.endsWith("CONNECT"),
    );
    this.#asked.delete(client);
    return isOwed ? [refused("◀", "CONNECT was never answered")] : [];
  }

  #enginePacket(packet: Packet, step: Carrier): Line[] {
    const { engine, data, text } = packet;
    const sign = signOf(step);
    switch (engine) {
      case "ping":
      case "pong":
        // The two of an upgrade carry "probe".
        if (text === undefined) this.heartbeats += 1;
        return [];
      case "noop":
        return [];
      case "open":
        return [say(sign, openWords(text ?? "", step.kind))];
      case "upgrade":
        return [say(sign, "goes on over websocket")];
      case "close":
        return [say(sign, "closes the session")];
      default:
        // An attachment: its event has had its line.
        return data === "<binary>"
          ? []
          : [{ ...event(sign, cutWords(text) ?? packetWords(packet)), ...sizeOf(step) }];
    }
  }

  #socketPacket(packet: Packet, step: Carrier, client: Client): Line[] {
    const { socket, data, id, namespace = "/" } = packet;
    const sign = signOf(step);
    const where = namespace === "/" ? "" : ` ${printable(namespace)}`;
    const question = this.#questionOf(client, packet, step);
    const took = question && { took: step.atMs - question.atMs };
    switch (socket) {
      case "CONNECT":
        return sign === "◀"
          ? [{ ...say(sign, `connected${where}`, "good"), ...took }]
          : [this.#connect(step, where, data)];
      case "CONNECT_ERROR":
        return [{ ...refused(sign, `CONNECT${where} refused: ${reasonWords(data)}`), ...took }];
      case "DISCONNECT":
        return sign === "◀"
          ? [refused(sign, `disconnects the client${where}`)]
          : [say(sign, `DISCONNECT${where}`)];
      case "ACK":
      case "BINARY_ACK": {
        const what = question?.what ?? `#${id}`;
        return [
          {
            ...event(sign, `answer to ${what}${where} ${listWords(data)}`),
            ...took,
            ...sizeOf(step),
          },
        ];
      }
      default:
        return [{ ...event(sign, `event${where} ${listWords(data)}`), ...sizeOf(step) }];
    }
  }

  #connect(step: Carrier, where: string, data: unknown): Line {
    const own = step.tokens.filter(({ place }) => place === "payload");
    const { state, text, name } = credentialOf(own, this.#secondsAt(step.atMs));
    const isEmpty = Object.keys(fieldsOf(data)).length === 0;
    const without = isEmpty ? " without auth" : `: no token in ${printableValue(data)}`;
    if (state === "absent") return say("▶", `CONNECT${where}${without}`);
    return { ...say("▶", `CONNECT${where}: ${text}`), alike: `CONNECT${where}: ${name}` };
  }

  /** What a packet answers; what asks for an answer is noted, by its namespace and its number. */
  #questionOf(client: Client, packet: Packet, { from, atMs }: Carrier): Asked | undefined {
    const { socket = "", id, namespace, data } = packet;
    const asked = this.#asked.get(client) ?? new Map<string, Asked>();
    this.#asked.set(client, asked);
    const isAnswer = /ACK$|ERROR$/.test(socket) || (socket === "CONNECT" && from === "server");
    const asker = isAnswer === (from === "server") ? "client" : "server";
    const key = `${asker} ${namespace} ${id ?? socket.replace("_ERROR", "")}`;
    if (isAnswer) {
      const question = asked.get(key);
      asked.delete(key);
      return question;
    }
    if (id === undefined && socket !== "CONNECT") return undefined;
    if (asked.size >= MOST_ASKED) asked.delete([...asked.keys()][0]!);
    asked.set(key, { what: Array.isArray(data) ? printableValue(data[0]) : "", atMs });
    return undefined;
  }
}

function signOf({ from }: Carrier): "▶" | "◀" {
  return from === "client" ? "▶" : "◀";
}

function sizeOf({ bytes }: Carrier): { bytes?: number } {
  return bytes === undefined ? {} : { bytes };
}

/** The beginning of an event or an acknowledgement that is too long to be stored, and so to be decoded. */
function cutWords(text = ""): string | undefined {
  const [, type, values] = /^([23])(?:\/[^,]*,)?\d*\[(.*)$/s.exec(text) ?? [];
  return type && printable(`${type === "2" ? "event" : "answer"} ${values}`);
}

/** The name of an event and its values; the values of an acknowledgement. */
function listWords(data: unknown): string {
  return (Array.isArray(data) ? data : [data]).map(printableValue).join(" ");
}

/** `"unauthorized"`, and what else a refusal carries. */
function reasonWords(data: unknown): string {
  const { message, data: more } = fieldsOf(data);
  if (typeof message !== "string") return printableValue(data);
  return `"${printable(message)}"${more === undefined ? "" : ` ${printableValue(more)}`}`;
}

function openWords(text: string, kind: Carrier["kind"]): string {
  if (kind === "frame") return "session opens over websocket";
  const canUpgrade = /"upgrades":\["?\w/.test(text);
  return `session opens over polling${canUpgrade ? ", websocket offered" : ""}`;
}
