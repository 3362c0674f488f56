// Messages that are as full as a message can be, or larger: too many arguments, too deep, too long.
import type { Case } from "../case.ts";
import { besideAnother, connect, openAuthorized, settle, usualTransport } from "../connection.ts";
import { expectThat } from "../expectation.ts";
import { enginePath, limitOf, SEPARATOR } from "../raw-engine.ts";
import { describeResponse, sendRequest } from "../raw-http.ts";
import { LOOK_AT_THE_CALL } from "../wrong-calls.ts";

const LIMIT = "https://socket.io/docs/v4/server-options/#maxhttpbuffersize";

/** As many texts as fit into one message, with `between` between them. */
function fill(size: number, start: string, piece: string, end: string): string {
  return start + piece.repeat(Math.floor((size - start.length - end.length) / piece.length)) + end;
}

// oxfmt-ignore
const fullMessages: [name: string, what: string, make: (size: number) => string][] = [
  ["full-arguments", "an event with as many arguments as fit into a message", (size) => fill(size, '42["whoami"', ",0", "]")],
  ["full-arguments-unknown", "an unknown event with as many arguments as fit into a message", (size) => fill(size, '42["nothing"', ",0", "]")],
  ["full-arguments-ack", "an acknowledgement with as many arguments as fit into a message", (size) => fill(size, "431[0", ",0", "]")],
  ["full-text", "an event with one text as long as a message", (size) => fill(size, '42["whoami","', "x", '"]')],
  ["full-depth", "lists in each other as deep as a message", (size) => { const depth = Math.floor((size - 20) / 2); return `42["whoami",${"[".repeat(depth)}${"]".repeat(depth)}]`; }],
  ["full-object-depth", "objects in each other as deep as a message", (size) => { const depth = Math.floor((size - 20) / 6); return `42["whoami",${'{"a":'.repeat(depth)}1${"}".repeat(depth)}]`; }],
  ["full-members", "an object with as many members as fit into a message", (size) => { const count = Math.floor((size - 20) / 11); return `42["whoami",{${Array.from({ length: count }, (_, at) => `"k${at}":0`).join()}}]`; }],
  ["full-connect", "CONNECT with as much data as fits into a message", (size) => fill(size, '40/admin,{"x":"', "x", '"}')],
];

const ON_THE_STACK =
  "Socket.IO hands the arguments of an event over on the stack, whether or not the event has a handler: a smaller maxHttpBufferSize, such as 64 kB, keeps them few.";

const fullCases = fullMessages.map(([name, what, make]): Case => ({
  id: `robustness.${name}`,
  title: `lives through ${what}`,
  source: LIMIT,
  needs: [],
  remedy: name.startsWith("full-arguments") ? ON_THE_STACK : LOOK_AT_THE_CALL,
  run: (probe) =>
    besideAnother(probe, async () => {
      const connection = await connect(probe);
      await connection.session.send(make(limitOf(connection.session.open)));
      // The session may be closed or not; what counts is that the server has read it and is there.
      const reply = settle(connection).then(
        () => "goes on",
        () => "has ended",
      );
      probe.note(`the session ${await reply}`);
    }),
}));

const sizes: Case[] = [
  {
    id: "robustness.too-big-websocket",
    title: "cuts off the sender of a frame that is larger than the limit",
    source: "RFC 6455 §7.4.1, 1009",
    needs: ["websocket"],
    run: async (probe) => {
      const { session } = await connect(probe, { transport: "websocket" });
      await session.send(`42["whoami","${"x".repeat(limitOf(session.open))}"]`);
      await session.ended();
    },
  },
  {
    id: "robustness.too-big-polling",
    title: "refuses a POST that is larger than the limit",
    source: "RFC 9110 §15.5.14",
    needs: ["polling"],
    run: async (probe) => {
      const { session } = await connect(probe, { transport: "polling" });
      const path = enginePath(probe, "polling", `sid=${session.open.sid}`);
      const body = `42["whoami","${"x".repeat(limitOf(session.open))}"]`;
      const answer = await sendRequest(probe, { method: "POST", path, body });
      // Engine.IO answers 413, and other servers 400, or they cut the connection.
      const isRefused = answer.status === 0 || (answer.status >= 400 && answer.status < 500);
      expectThat(isRefused, "a status from 400 to 499", describeResponse(answer));
    },
  },
  {
    id: "robustness.limit-small",
    title: "takes messages of no more than 100 kB",
    source: LIMIT,
    needs: ["small-limits"],
    run: async (probe) => {
      const { open } = await openAuthorized(probe);
      expectThat(
        limitOf(open) <= 100_000,
        "maxPayload of 100,000 or less",
        String(open.maxPayload ?? "not announced"),
      );
    },
  },
  {
    id: "robustness.answers-unread",
    title: "keeps no more than ten thousand answers for a client that does not fetch them",
    source: "CWE-770",
    needs: ["polling", "whoami"],
    run: async (probe) => {
      const { session } = await connect(probe, { transport: "polling" });
      const path = enginePath(probe, "polling", `sid=${session.open.sid}`);
      const questions = Array.from({ length: 2500 }, () => '421["whoami"]').join(SEPARATOR);
      for (let sent = 0; sent < 5; sent += 1) {
        const { status } = await sendRequest(probe, { method: "POST", path, body: questions });
        // The session has been ended.
        if (status !== 200) return;
      }
      const { status, body } = await sendRequest(probe, { path });
      const kept = body.split(SEPARATOR).filter((packet) => packet.startsWith("431[")).length;
      expectThat(status !== 200 || kept <= 10_000, "10,000 answers or fewer", `${kept} answers`);
    },
  },
  {
    id: "robustness.packets-many",
    title: "lives through five thousand packets in one POST",
    source: LIMIT,
    needs: ["polling"],
    run: async (probe) => {
      const { session } = await connect(probe, { transport: "polling" });
      const path = enginePath(probe, "polling", `sid=${session.open.sid}`);
      const body = Array.from({ length: 5000 }, () => "3").join(SEPARATOR);
      const answer = await sendRequest(probe, { method: "POST", path, body });
      expectThat(answer.status < 500, "no status of 500 or more", describeResponse(answer));
    },
  },
  {
    id: "robustness.event-before-connect",
    title: "cuts off a client that sends an event before CONNECT",
    source: "https://socket.io/docs/v4/socket-io-protocol/#connection-to-a-namespace",
    needs: [],
    run: async (probe) => {
      const session = await openAuthorized(probe, { transport: usualTransport(probe.target) });
      await session.send('421["whoami"]');
      await session.ended();
      // By polling Engine.IO says that it closes; what counts is that nothing of Socket.IO came.
      const answers = session.inbox.filter((packet) => packet.startsWith("4"));
      expectThat(answers.length === 0, "no answer", answers);
    },
  },
];

export const sizeRobustnessCases: Case[] = [...fullCases, ...sizes];
