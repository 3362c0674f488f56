// What a server logs of its checks and of what Engine.IO refuses: why a credential was refused, and no line that a client has written.
import { io } from "socket.io-client";
import { afterEach, expect, it } from "vitest";
import { type RunningVariant, startVariant } from "../../scripts/lab/servers/process.ts";
import { AUTH_MODES } from "../../scripts/model/vocabulary.ts";
import { encode } from "../conformance/mint.ts";
import { everywhere } from "../helpers/node-process.ts";

// The error about a payload that is not JSON quotes it: a line of its own, what steers a terminal, what turns text around.
const QUOTED = "x\n\u007f\u009b2J\u202e";
const TOKEN = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(QUOTED)}.AAAA`;

let server: RunningVariant;
afterEach(() => server.stop());

/** @returns the lines that were printed until the refusal was */
async function linesOfRefusal(token?: string): Promise<string[]> {
  const lines: string[] = [];
  const printed = new Promise<void>((resolve) => {
    server.output.on("line", (line) => {
      lines.push(line);
      if (line.includes('"refused"')) resolve();
    });
  });
  const how = token === undefined ? {} : everywhere(token);
  const socket = io(server.url, { ...how, reconnection: false, forceNew: true });
  await printed;
  socket.close();
  server.output.removeAllListeners("line");
  return lines;
}

const NO_TOKEN = { passport: "No auth token", manual: "jwt must be provided" };

it.each(AUTH_MODES)("auth mode %s", async (auth) => {
  const secret = "a secret of the tests, long enough for HS256";
  server = await startVariant("cjs", { auth, secret, shouldLogChecks: true });
  const what = auth === "payload" ? "CONNECT packet" : "GET polling handshake";
  const checked = expect.stringMatching(
    new RegExp(`^\\{"port":\\d+,"checked":"${what}"\\}$`),
  ) as string;
  const refused = `^\\{"port":\\d+,"refused":"${what}","reason":`;
  const reason = auth === "passport" ? NO_TOKEN.passport : NO_TOKEN.manual;
  expect(await linesOfRefusal()).toEqual([
    checked,
    expect.stringMatching(new RegExp(`${refused}"${reason}"\\}$`)),
  ]);
  const lines = await linesOfRefusal(TOKEN);
  expect(lines).toEqual([
    checked,
    expect.stringMatching(new RegExp(`${refused}".*x\\\\n\\\\u007f\\\\u009b2J\\\\u202e.*"\\}$`)),
  ]);
});

it("what Engine.IO refuses is a line each, with nothing that the client has sent", async () => {
  const secret = "a secret of the tests, long enough for HS256";
  server = await startVariant("cjs", { auth: "payload", secret, shouldLogChecks: true });
  const lines: string[] = [];
  const printed = new Promise<void>((resolve) => {
    server.output.on("line", (line) => {
      if (line.includes("/self")) resolve();
      else lines.push(line);
    });
  });
  const REFUSED: [query: string, headers: Record<string, string>][] = [
    ["transport=abc", {}],
    ["transport=polling&sid=abc", {}],
    ["transport=polling", { origin: "https://example.org" }],
  ];
  for (const [query, headers] of REFUSED) {
    const given = { ...headers, authorization: `bearer ${TOKEN}` };
    const url = `${server.url}/socket.io/?EIO=4&${query}&token=${TOKEN}`;
    expect((await fetch(url, { headers: given })).ok).toBe(false);
  }
  // Once a later request has its line, all lines of these are here.
  await fetch(`${server.url}/self`);
  await printed;
  expect(lines.map((line) => line.replace(/"port":\d+/, '"port":1'))).toEqual([
    '{"port":1,"refusedByEngine":"Transport unknown","code":0}',
    '{"port":1,"refusedByEngine":"Session ID unknown","code":1}',
    '{"port":1,"refusedByEngine":"Forbidden","code":4}',
  ]);
});
