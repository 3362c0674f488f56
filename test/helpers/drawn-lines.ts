// What tests of the terminal share: a trace to draw, and which lines do not fit.
import { widthOf } from "../../scripts/terminal/text.ts";
import type { Trace } from "../../scripts/model/trace.ts";

/** A request with a wide character in it, a check, a refusal that would colour the terminal, a frame, a cut, an end. */
export const trace: Trace = {
  steps: [
    {
      id: 1,
      kind: "request",
      atMs: 0,
      connection: 1,
      from: "client",
      method: "GET",
      target: `/socket.io/?EIO=4&transport=polling&t=${"x".repeat(90)}`,
      headers: { authorization: "bearer …a1B2c3" },
      body: "",
      packets: [],
      tokens: [
        {
          place: "header",
          scheme: "bearer",
          lastCharacters: "a1B2c3",
          header: { alg: "HS256" },
          claims: { data: { id: 1, username: "jöhn 🦊" } },
        },
      ],
    },
    {
      id: 2,
      kind: "check",
      atMs: 1.25,
      connection: 1,
      from: "server",
      what: "GET polling handshake",
      about: 1,
      decision: "refused",
      shownBy: 3,
    },
    {
      id: 3,
      kind: "response",
      atMs: 3,
      connection: 1,
      from: "server",
      answers: 1,
      status: 401,
      reason: "Unauthorized",
      headers: { "www-authenticate": "Bearer" },
      body: '{"message":"\u001B[31mred\u001B[0m"}',
      packets: [],
      tokens: [],
    },
    {
      id: 4,
      kind: "frame",
      atMs: 1234.56,
      connection: 2,
      from: "client",
      opcode: "text",
      packets: [{ engine: "message", socket: "EVENT", id: 0, data: ["whoami"] }],
      tokens: [],
    },
    { id: 5, kind: "closed", atMs: 1300, connection: 2, from: "server", isCut: true },
    { id: 6, kind: "closed", atMs: 1301, connection: 1, from: "client", isCut: false },
  ],
};
/** The lines that are wider than that. */
export function tooLong(lines: readonly string[], width: number): string[] {
  return lines.filter((line) => widthOf(line) > width);
}
