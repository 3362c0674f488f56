// Refresh tokens of a server that is not one of ours, with names and a status as OAuth has them: the suite finds its way, and
// names the fault that is planted in it.
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { Server } from "socket.io";
import { expect, it } from "vitest";
import { runTarget } from "../../scripts/conformance/run.ts";
import { describeTarget } from "../../scripts/conformance/target.ts";
import { refreshCases } from "../conformance/cases/refresh.ts";
import { failuresOf } from "../helpers/judge-other.ts";
import { issueOtherToken, SECRET } from "../helpers/other-server.ts";

const nobody = (): Promise<undefined> => Promise.resolve(undefined);
const newToken = (): string => randomBytes(16).toString("hex");

async function openServer(endsFamilies: boolean) {
  /** The login of each token that was given, and the good token of each login. */
  const loginOf = new Map<string, symbol>();
  const goodOf = new Map<symbol, string>();

  function give(login: symbol): object {
    const token = newToken();
    loginOf.set(token, login);
    goodOf.set(login, token);
    return { data: { accessToken: issueOtherToken(), refresh_token: token } };
  }

  function answer(path: string, body: Record<string, unknown>): object | undefined {
    if (path === "/in") return body["password"] === "changeit" ? give(Symbol("login")) : undefined;
    const login = path === "/again" ? loginOf.get(body["refresh_token"] as string) : undefined;
    if (login === undefined) return undefined;
    if (goodOf.get(login) === body["refresh_token"]) return give(login);
    if (endsFamilies) goodOf.delete(login);
    return undefined;
  }

  async function respond(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const isJson = req.method === "POST" && req.headers["content-type"] === "application/json";
    const body = isJson ? ((await json(req)) as Record<string, unknown>) : {};
    const given = answer(req.url ?? "", body);
    res.writeHead(given === undefined ? 400 : 200, {
      "Content-Type": "application/json",
      "Cache-Control": "no-store",
    });
    res.end(JSON.stringify(given ?? { error: "invalid_grant" }));
  }

  const server = createServer((req, res) => void respond(req, res));
  const io = new Server(server);
  await once(server.listen(0, "127.0.0.1"), "listening");
  return { io, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

it.each([
  ["ends the family", true, []],
  ["only refuses it", false, ["refresh.used-ends-family", "refresh.older-ends-family"]],
])("a server that gets a used token and %s", async (_what, endsFamilies, expected) => {
  const { io, url } = await openServer(endsFamilies);
  const flags = { url, secret: SECRET, username: "ann", password: "changeit" };
  const paths = { login: "/in", refresh: "/again", "token-field": "data.accessToken" };
  const target = await describeTarget({ ...flags, ...paths }, {});
  const { results } = await runTarget({
    name: "other",
    target,
    cases: refreshCases,
    revive: nobody,
  });
  expect(failuresOf(results).map(([id]) => id)).toEqual(expected);
  const passed = results.filter(({ result }) => result === "passed");
  expect(passed.length).toBeGreaterThan(12);
  await io.close();
});
