// The wrong ways to call an event: without acknowledgement, with too many arguments, with arguments of any kind.

const ARGUMENTS = "https://socket.io/docs/v4/server-socket-instance/#event-arguments-validation";
const ACK = "https://socket.io/docs/v4/emitting-events/#acknowledgements";

/** What helps a server that does not live through one. */
export const LOOK_AT_THE_CALL =
  "Look at each argument before you use it, and whether the acknowledgement is a function before you call it.";

/** @param event the name of the event, as JSON */
type MakePacket = (event: string) => string;

// oxfmt-ignore
const CALLS: [name: string, what: string, source: string, make: MakePacket][] = [
  ["no-ack", "without arguments and acknowledgement", ACK, (event) => `42[${event}]`],
  ["no-ack-arguments", "with arguments and without acknowledgement", ACK, (event) => `42[${event},1,"hello"]`],
  ["ack-alone", "with an acknowledgement alone", ACK, (event) => `427[${event}]`],
  ["null", "with null in place of everything", ARGUMENTS, (event) => `427[${event},null,null,null]`],
  // A handler of one argument may look at its acknowledgement, and trust the argument.
  ["one-null", "with one null and an acknowledgement", ARGUMENTS, (event) => `427[${event},null]`],
  ["one-object", "with one empty object and an acknowledgement", ARGUMENTS, (event) => `427[${event},{}]`],
  ["objects", "with objects that cannot be a text", ARGUMENTS, (event) => `427[${event},{"toString":1,"valueOf":1},{"length":-1}]`],
  ["prototype", "with __proto__ and constructor", ARGUMENTS, (event) => `427[${event},{"__proto__":{"x":1}},{"constructor":{"prototype":{"x":1}}}]`],
  ["lists", "with lists", ARGUMENTS, (event) => `427[${event},[1],[[2]]]`],
  ["numbers", "with numbers beyond all bounds", ARGUMENTS, (event) => `427[${event},1e400,-1e400]`],
  ["texts", "with a text of 60,000 characters", ARGUMENTS, (event) => `427[${event},"${"x".repeat(60_000)}",""]`],
  ["many", "with a thousand arguments", ARGUMENTS, (event) => `427[${event}${",0".repeat(1000)}]`],
  ["function", "with a text in place of the acknowledgement", ACK, (event) => `42[${event},1,"x","function(){}"]`],
];

interface WrongCall {
  name: string;
  what: string;
  source: string;
  /** The packet that calls an event so. */
  makePacket: (event: string) => string;
}

export const WRONG_CALLS: readonly WrongCall[] = CALLS.map(([name, what, source, make]) => ({
  name,
  what,
  source,
  makePacket: (event) => make(JSON.stringify(event)),
}));
