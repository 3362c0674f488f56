// An Engine.IO or Socket.IO packet: its name, and what it carries. Pure.
import type { FrameStep, Packet } from "../trace.ts";
import { printable, printableValue } from "./printable.ts";

/** `CONNECT`, `EVENT`, `open`, `ping`: the name of a packet in the protocol that it belongs to. */
export function packetName({ engine, socket }: Packet): string {
  return socket ?? engine;
}

/** `EVENT #0 ["whoami"]`, `CONNECT {"token":"…2f8kQw"}`, `OPEN: new session; no upgrade available`, `ping probe`. */
export function packetWords(packet: Packet): string {
  const { engine, text, socket, namespace, id, data } = packet;
  if (socket === undefined && engine === "open") return openWords(text ?? "");
  if (socket === undefined) return [engine, engineWords(packet)].filter(Boolean).join(" ");
  const where = namespace === undefined || namespace === "/" ? "" : ` ${printable(namespace)}`;
  const number = id === undefined ? "" : ` #${id}`;
  const carried = data ?? text;
  return `${socket}${where}${number}${carried === undefined ? "" : ` ${printableValue(carried)}`}`;
}

function engineWords({ text, data }: Packet): string {
  return text === undefined && data === undefined ? "" : printableValue(text ?? data);
}

/** @param text the packet's JSON, which may be cut short */
function openWords(text: string): string {
  const upgrades = /"upgrades":\[([^\]]*)\]/.exec(text)?.[1]?.replaceAll('"', "") ?? "";
  return `OPEN: new session; ${upgrades === "" ? "no upgrade available" : `upgrade available: ${printable(upgrades)}`}`;
}

/** What a packet is for, in a sentence for a person who meets it for the first time. */
export function packetMeaning(packet: Packet): string {
  const meaning = MEANINGS[packetName(packet)];
  return packet.text === "probe"
    ? "Tests that the websocket works before the session moves to it."
    : (meaning ?? "");
}

const MEANINGS: Record<string, string> = {
  open: "Engine.IO: the session is open. The packet holds its id, the available upgrades and the limits.",
  close: "Engine.IO: the session ends.",
  ping: "Engine.IO: are you still there? The client must answer with a pong in time.",
  pong: "Engine.IO: still here.",
  upgrade: "Engine.IO: from now on the session uses this transport.",
  noop: "Engine.IO: nothing. It only ends a poll that waits.",
  unreadable: "Not an Engine.IO packet.",
  CONNECT: "Socket.IO: asks for a namespace, or grants it. A token in the payload travels here.",
  DISCONNECT: "Socket.IO: leaves the namespace.",
  EVENT: "Socket.IO: an event, its name first. A number asks for an acknowledgement.",
  ACK: "Socket.IO: the acknowledgement of the event with this number.",
  CONNECT_ERROR: "Socket.IO: the namespace refuses, with a message that the client can read.",
  BINARY_EVENT: "Socket.IO: an event with binary attachments.",
  BINARY_ACK: "Socket.IO: an acknowledgement with binary attachments.",
};

/** `close frame 1000`, `text, to be continued`, or the packets of the frame. */
export function frameWords({
  opcode,
  isFragment,
  closeCode,
  closeReason,
  packets,
}: FrameStep): string {
  if (isFragment) return `${opcode}, to be continued`;
  if (opcode === "close") {
    const reason = closeReason ? ` ${printable(closeReason)}` : "";
    return `close frame${closeCode === undefined ? "" : ` ${closeCode}`}${reason}`;
  }
  return packets.length === 0 ? `${opcode} frame` : packets.map(packetWords).join(", ");
}
