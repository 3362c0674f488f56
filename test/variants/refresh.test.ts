// Refresh tokens: what needs a clock, many logins or the log, and so cannot be a case of the suite.
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { startVariant } from "../../scripts/lab/servers/process.ts";
import { createFamilies, type Families } from "../../variants/ts/refresh.ts";
import { takeApart } from "../conformance/mint.ts";

const john = { id: 1, username: "john" };
const jane = { id: 2, username: "jane" };
const LIFETIME_SECONDS = 60;

let families: Families;
/** The logins that were ended with a used token. */
const ended: string[] = [];
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
  ended.length = 0;
  families = createFamilies(LIFETIME_SECONDS, (sid) => void ended.push(sid));
});
afterEach(() => vi.useRealTimers());

function begin(sid: string, user = john): string {
  return families.begin({ sid, user }).refreshToken!;
}

function rotate(token: unknown): string {
  return families.rotate(token).refreshToken!;
}

const ENDED = /unknown, or its family has ended/;

it("a family ends when it was said at the login, however often it was refreshed", () => {
  let token = begin("a");
  for (const _ of [1, 2]) {
    vi.advanceTimersByTime(29_999);
    token = rotate(token);
  }
  vi.advanceTimersByTime(2);
  expect(() => rotate(token)).toThrow(ENDED);
});

it("a new login keeps its sid and its user through each refresh, and ends nobody's family", () => {
  const [a, b] = [begin("a"), begin("b", jane)];
  expect(families.rotate(a)).toMatchObject({ sid: "a", user: john });
  expect(families.rotate(b)).toMatchObject({ sid: "b", user: jane });
});

it("the 101st login of a user ends the oldest family of that user, and of nobody else", () => {
  const other = begin("other", jane);
  const [first, second] = Array.from({ length: 101 }, (_, at) => begin(`${at}`));
  expect(() => rotate(first)).toThrow(ENDED);
  expect([rotate(second), rotate(other)]).toEqual([expect.any(String), expect.any(String)]);
});

it("a logout ends the families of one sid, or all of a user", () => {
  const tokens = [begin("a"), begin("b"), begin("c"), begin("d", jane)];
  families.endOfSid("a");
  const [, b, c, d] = tokens;
  expect(() => rotate(tokens[0])).toThrow(ENDED);
  expect(rotate(b)).toEqual(expect.any(String));
  families.endOfUser(john.id);
  expect(() => rotate(c)).toThrow(ENDED);
  expect(rotate(d)).toEqual(expect.any(String));
});

it("a used token ends its login once, and one that nobody was given ends none", () => {
  const [used, other] = [begin("a"), begin("b")];
  rotate(used);
  for (const text of [used, used, "x.y", `${other}x`.split(".").toReversed().join(".")])
    expect(() => rotate(text)).toThrow("The refresh token");
  expect(ended).toEqual(["a"]);
});

it("a login has no refresh token, and there is no route, unless the setting asks for them", async () => {
  const server = await startVariant("cjs", {});
  const post = (path: string, body: object): Promise<Response> =>
    fetch(server.url + path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const answer = await post("/login", { username: "john", password: "changeit" });
  expect(Object.keys((await answer.json()) as object)).toEqual(["token"]);
  expect((await post("/refresh", { refreshToken: "x" })).status).toBe(404);
  await server.stop();
});

it("a used refresh token is a line of the log, with the login that ended and without the token", async () => {
  const server = await startVariant("cjs", { more: { REFRESH_LIFETIME_SECONDS: "60" } });
  const lines: string[] = [];
  server.output.on("line", (line) => lines.push(line));
  const post = async (path: string, body: object): Promise<Record<string, string>> => {
    const headers = { "content-type": "application/json" };
    const init = { method: "POST", headers, body: JSON.stringify(body) };
    return (await (await fetch(server.url + path, init)).json()) as Record<string, string>;
  };
  const first = await post("/login", { username: "john", password: "changeit" });
  const second = await post("/refresh", first);
  await post("/refresh", first);
  const sids = [first, second].map(({ token }) => takeApart(token!, 0).claims["sid"]);
  expect(sids[1]).toBe(sids[0]);
  await vi.waitFor(() =>
    expect(lines).toContain(
      `A used refresh token came again: login ${String(sids[0])} must sign in again.`,
    ),
  );
  for (const { refreshToken } of [first, second])
    expect(lines.join("\n")).not.toContain(refreshToken!.split(".")[1]);
  await server.stop();
});
