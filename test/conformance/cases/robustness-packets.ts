// Packets that are malformed: the sender is cut off or ignored, and nobody else notices.
import type { Case } from "../case.ts";
import { connect, settle } from "../connection.ts";
import type { Probe } from "../probe.ts";

const ENGINE = "https://socket.io/docs/v4/engine-io-protocol/#packet-encoding";
const SOCKET = "https://socket.io/docs/v4/socket-io-protocol/#packet-encoding";
const RESERVED = "https://socket.io/docs/v4/emit-cheatsheet/#reserved-events";

type Packet = string | Buffer;
/** What the server does with the sender: closes the session, goes on as if nothing was, or either. */
type Consequence = "closed" | "ignored" | "either";
type PacketRow = [
  name: string,
  what: string,
  then: Consequence,
  packets: Packet[],
  source?: string,
];

const BYTES = Buffer.from([1, 2, 3]);

// oxfmt-ignore
const malformed: PacketRow[] = [
  ["engine-type", "an Engine.IO packet of an unknown type", "closed", ["9"], ENGINE],
  ["engine-empty", "an empty frame", "either", [""], ENGINE],
  ["engine-letter", "a frame that is a letter", "closed", ["x"], ENGINE],
  ["engine-open", "an open packet from the client", "either", ['0{"sid":"x"}'], ENGINE],
  ["engine-ping", "a ping from the client", "closed", ["2"], ENGINE],
  ["engine-pong", "a pong that nobody asked for", "ignored", ["3"], ENGINE],
  ["engine-pong-many", "two hundred pongs", "ignored", Array.from({ length: 200 }, () => "3"), ENGINE],
  ["engine-upgrade", "an upgrade packet without an upgrade", "either", ["5"], ENGINE],
  ["engine-noop", "a packet that means nothing", "ignored", ["6"], ENGINE],
  ["socket-empty", "a message without a packet", "closed", ["4"]],
  ["socket-type", "a packet of an unknown type", "closed", ["49"]],
  ["socket-letter", "a message that is a letter", "closed", ["4x"]],
  ["socket-null-byte", "a message of null bytes", "closed", ["4\u0000\u0000"]],
  ["event-empty", "an event without a payload", "either", ["42"]],
  ["event-cut", "an event that ends in the middle", "closed", ['42["whoami"']],
  ["event-object", "an event that is an object", "closed", ['42{"whoami":1}']],
  ["event-text", "an event that is a text", "closed", ['42"whoami"']],
  ["event-null", "an event that is null", "closed", ["42null"]],
  ["event-no-name", "an event without a name", "closed", ["42[]"]],
  ["event-name-null", "an event whose name is null", "closed", ["42[null]"]],
  ["event-name-object", "an event whose name is an object", "closed", ["42[{}]"]],
  ["event-name-array", "an event whose name is a list", "closed", ["42[[]]"]],
  ["event-name-number", "an event whose name is a number", "ignored", ["42[1]"]],
  ["event-name-empty", "an event whose name is empty", "ignored", ['42[""]']],
  ["event-name-long", "an event with a name of 10,000 characters", "ignored", [`42["${"e".repeat(10_000)}"]`]],
  ["event-surrogate", "an event with half a character", "ignored", ['42["\\ud800"]']],
  ["event-id-huge", "an acknowledgement id that no number holds", "ignored", [`42${"9".repeat(400)}["whoami"]`]],
  ["event-id-negative", "a negative acknowledgement id", "closed", ['42-1["whoami"]']],
  ["event-id-space", "an acknowledgement id with a space", "either", ['42 1["whoami"]']],
  ["ack-unknown", "an acknowledgement that nobody waits for", "ignored", ["430[]"]],
  ["ack-no-id", "an acknowledgement without an id", "ignored", ["43[]"]],
  ["ack-object", "an acknowledgement that is an object", "closed", ["431{}"]],
  ["ack-prototype", "an acknowledgement for __proto__", "closed", ["43__proto__[]"]],
  ["connect-twice", "CONNECT a second time", "closed", ["40"]],
  ["connect-list", "CONNECT with a list", "either", ["40[]"]],
  ["connect-null", "CONNECT with null", "closed", ["40null"]],
  ["connect-text", "CONNECT with a text", "closed", ['40"token"']],
  ["connect-number", "CONNECT with a number", "either", ["401"]],
  ["connect-error", "CONNECT_ERROR from the client", "closed", ['44{"message":"x"}']],
  ["disconnect", "DISCONNECT, and an event after it", "either", ["41", '42["whoami"]']],
  ["disconnect-twice", "DISCONNECT twice", "either", ["41", "41"]],
  ["disconnect-data", "DISCONNECT with data", "closed", ['41{"x":1}']],
  ["namespace-unknown", "CONNECT to another namespace", "ignored", ["40/admin,"]],
  ["namespace-long", "a namespace of 10,000 characters", "ignored", [`40/${"n".repeat(10_000)},`]],
  ["namespace-prototype", "a namespace named like a prototype", "ignored", ["40/__proto__,", "40/constructor,"]],
  ["namespace-event", "an event for a namespace that was not joined", "closed", ['42/admin,["whoami"]']],
  ["namespace-no-comma", "a namespace without its comma", "either", ["40/admin"]],
];

// oxfmt-ignore
const reserved: PacketRow[] = ["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"].map(
  (name): PacketRow => [`reserved-${name}`, `an event by the reserved name ${name}`, "closed", [`42["${name}",{}]`], RESERVED],
);

// oxfmt-ignore
const binary: PacketRow[] = [
  ["binary-unannounced", "bytes that no packet announced", "closed", [BYTES]],
  ["binary-never", "a packet whose attachments never come", "closed", ['451-["whoami",{"_placeholder":true,"num":0}]', '42["whoami"]']],
  ["binary-event", "a binary event that no handler expects", "ignored", ['451-["bytes",{"_placeholder":true,"num":0}]', BYTES]],
  ["binary-many", "a packet that announces ten thousand attachments", "closed", ['4510000-["whoami"]']],
  ["binary-zero", "a packet that announces no attachments", "closed", ['450-["whoami"]']],
  ["binary-no-count", "a binary packet without a count", "closed", ['45["whoami"]']],
  ["binary-negative", "a packet that announces -1 attachments", "closed", ['45-1-["whoami"]']],
  ["binary-num-range", "a placeholder for an attachment that does not exist", "closed", ['451-["whoami",{"_placeholder":true,"num":7}]', BYTES]],
  ["binary-num-text", "a placeholder whose number is a text", "closed", ['451-["whoami",{"_placeholder":true,"num":"__proto__"}]', BYTES]],
  ["binary-ack", "a binary acknowledgement that nobody waits for", "ignored", ['461-7[{"_placeholder":true,"num":0}]', BYTES]],
];

async function expectConsequence(
  probe: Probe,
  then: Consequence,
  packets: Packet[],
): Promise<void> {
  const connection = await connect(probe);
  await connection.session.send(...packets);
  if (then === "closed") await connection.session.ended();
  if (then === "ignored") await settle(connection);
}

const TITLES = {
  closed: "cuts off the sender of",
  ignored: "goes on after",
  either: "lives through",
} as const;

export const packetRobustnessCases = [...malformed, ...reserved, ...binary].map(
  ([name, what, then, packets, source = SOCKET]): Case => ({
    id: `robustness.${name}`,
    title: `${TITLES[then]} ${what}`,
    source,
    needs: [],
    run: (probe) => expectConsequence(probe, then, packets),
  }),
);
