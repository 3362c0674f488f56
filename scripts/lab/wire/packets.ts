// Decodes Engine.IO packets, and the Socket.IO packets in them, by name.
import { decodePacket } from "engine.io-parser";
import { Decoder, PacketType, type Packet as SocketPacket } from "socket.io-parser";
import { maskText, maskValue } from "./masking.ts";
import type { Packet } from "../../model/trace.ts";

// Between the packets of one polling payload (Engine.IO protocol, revision 4).
const SEPARATOR = "\x1e";

/** The packets in the body of a polling request or response, credentials masked. */
export function readPayload(body: string): Packet[] {
  return body === "" ? [] : body.split(SEPARATOR).map((packet) => readPacket(packet));
}

/** The packet in a websocket message or in a part of a payload, credentials masked. */
export function readPacket(encoded: string | Buffer): Packet {
  if (typeof encoded !== "string" || encoded.startsWith("b"))
    return { engine: "message", data: "<binary>" };
  const { type, data } = decodePacket(encoded);
  const text = typeof data === "string" ? data : "";
  if (type === "error") return { engine: "unreadable", text: maskText(encoded) };
  if (type === "message") return { engine: type, ...readSocketPacket(text) };
  return text === "" ? { engine: type } : { engine: type, text: maskText(text) };
}

function readSocketPacket(text: string): Omit<Packet, "engine"> {
  const packet = decodeSocketPacket(text);
  if (packet === undefined) return { text: maskText(text) };
  return {
    // From the text: the parser calls a BINARY_EVENT an EVENT once its attachments are there.
    socket: PacketType[Number(text[0])]!,
    namespace: packet.nsp,
    ...(packet.id === undefined ? {} : { id: packet.id }),
    ...(packet.data === undefined ? {} : { data: maskValue(packet.data) }),
  };
}

/** Undefined if the text is not a packet of the Socket.IO protocol. */
function decodeSocketPacket(text: string): SocketPacket | undefined {
  const decoded: SocketPacket[] = [];
  // One for each packet: a decoder waits for attachments, and those of polling may come over another connection.
  const decoder = new Decoder();
  decoder.on("decoded", (packet: SocketPacket) => decoded.push(packet));
  try {
    decoder.add(text);
    const attachments = Number(/^[56](\d+)-/.exec(text)?.[1] ?? 0);
    for (let count = 0; count < attachments; count += 1) decoder.add(Buffer.alloc(0));
  } catch {
    // Anything may be sent as a message; what cannot be decoded is shown as text.
    return undefined;
  }
  return decoded[0];
}
