// The client's code in the words of the lessons does what the words say, on a server that runs.
import path from "node:path";
import { compileFunction } from "node:vm";
import { io, type Socket } from "socket.io-client";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { readLesson, readWords } from "../../scripts/lab/lessons/files.ts";
import { layOver } from "../../scripts/lab/servers/overlay.ts";
import { type RunningVariant, startVariant } from "../../scripts/lab/servers/process.ts";
import { logIn } from "../helpers/node-process.ts";

let server: RunningVariant;

beforeAll(async () => {
  server = await startVariant("cjs", { auth: "passport" });
});
const others: RunningVariant[] = [];
afterAll(() => Promise.all([server, ...others].map((each) => each.stop())));

/** A piece of JavaScript in a lesson's words, as a function of the names that it uses. @param at counted from 0 */
async function snippet(lesson: number, at: number, ...names: string[]) {
  const words = await readWords(await readLesson(lesson));
  const [, code] = [...words.matchAll(/^```js\n(.*?)^```$/gms)][at]!;
  return compileFunction(`return (async () => {${code}})()`, names) as (
    ...values: unknown[]
  ) => Promise<void>;
}

function open(token: string): Socket {
  const extraHeaders = { authorization: `bearer ${token}` };
  return io(server.url, { extraHeaders, forceNew: true, reconnectionDelay: 10 });
}

function hasConnected(socket: Socket): Promise<void> {
  return new Promise((resolve) => void socket.once("connect", resolve));
}

function neverAsked(): never {
  throw new Error("The person was asked to log in.");
}

it("lesson 1: logs in, and learns who it is", async () => {
  const answers: Response[] = [];
  const fetchHere = async (target: string, init: RequestInit): Promise<Response> => {
    const answer = await fetch(server.url + target, init);
    answers.push(answer);
    return answer;
  };
  await (
    await snippet(1, 0, "fetch")
  )(fetchHere);
  expect(await answers[1]?.json()).toEqual({ id: 1, username: "john" });
});

it("lesson 2: that an upgrade is refused, the engine says, and no event of the socket", async () => {
  const overlay = path.join((await readLesson(2)).folder, "check-every-request");
  const checking = await startVariant("cjs", {}, { folder: await layOver("cjs", overlay) });
  others.push(checking);
  // As in a browser: the header is sent only on polling.
  const secret = { extraHeaders: { authorization: `bearer ${await logIn(checking.url)}` } };
  const socket = io(checking.url, { transportOptions: { polling: secret }, forceNew: true });
  const told: string[] = [];
  socket.on("connect_error", () => told.push("connect_error"));
  socket.on("disconnect", () => told.push("disconnect"));
  const error = await new Promise<Error>((resolve) => {
    socket.io.on("open", () => void socket.io.engine.once("upgradeError", resolve));
  });
  expect(error.message).toBe("probe error: Error: websocket error");
  expect(await socket.emitWithAck("whoami")).toEqual({ id: 1, username: "john" });
  expect(socket.io.engine.transport.name).toBe("polling");
  expect(told).toEqual([]);
  socket.close();
});

it("lesson 5: a note reaches every tab, and says from whom it is", async () => {
  const token = await logIn(server.url);
  const [sender, other] = [open(token), open(token)];
  await Promise.all([sender, other].map(hasConnected));
  const shown: unknown[] = [];
  const show = (...note: unknown[]): void => void shown.push(note);
  const run = await snippet(5, 0, "socket", "show", "console");
  const reached = new Promise((log) => void run(sender, show, { log }));
  expect(await reached).toBe("reached 2 tabs");
  expect(shown).toEqual([["john", "hello"]]);
  for (const socket of [sender, other]) socket.close();
});

it("lesson 7: each connection sends the token that is stored by then", async () => {
  const checking = await startVariant("cjs", { auth: "payload" });
  others.push(checking);
  let stored: string | null = null;
  const run = await snippet(7, 2, "io", "localStorage");
  const socket = await new Promise<Socket>((resolve) => {
    const ioHere = (options: object): void =>
      resolve(io(checking.url, { ...options, forceNew: true }));
    void run(ioHere, { getItem: () => stored });
  });
  const error = await new Promise<Error>((resolve) => void socket.once("connect_error", resolve));
  expect(error.message).toBe("The token is missing.");
  stored = await logIn(checking.url);
  socket.connect();
  await hasConnected(socket);
  expect(await socket.emitWithAck("whoami")).toEqual({ id: 1, username: "john" });
  socket.close();
});

it("lesson 7: the access log holds the token of each request", async () => {
  const overlay = path.join((await readLesson(7)).folder, "token-in-query");
  const leaking = await startVariant(
    "cjs",
    { auth: "payload" },
    { folder: await layOver("cjs", overlay) },
  );
  others.push(leaking);
  const token = await logIn(leaking.url);
  const stored: string[] = [];
  const isUpgrading = new Promise<void>((resolve) => {
    leaking.output.on("line", (line) => {
      if (line.includes("/socket.io/")) stored.push(line);
      if (line.includes("transport=websocket")) resolve();
    });
  });
  const socket = io(leaking.url, { query: { token }, forceNew: true });
  await Promise.all([hasConnected(socket), isUpgrading]);
  expect(stored.length).toBeGreaterThan(1);
  // Counted, so that no failed test prints a token.
  expect(stored.filter((line) => !line.includes(`token=${token}`))).toHaveLength(0);
  socket.close();
});

it("lesson 9: asks for a new token once, and the client goes on until one is good", async () => {
  const socket = open("an.old.one");
  const answers = ["another.bad.one", await logIn(server.url)];
  const fetchNewToken = vi.fn<() => Promise<string>>(() => Promise.resolve(answers.shift()!));
  const run = await snippet(9, 1, "socket", "fetchNewToken", "askToLogIn");
  await run(socket, fetchNewToken, neverAsked);
  await new Promise<void>((resolve) => {
    let refusals = 0;
    socket.on("connect_error", () => {
      refusals += 1;
      if (refusals === 4) resolve();
    });
  });
  expect(fetchNewToken).toHaveBeenCalledTimes(1);
  expect(socket.active).toBe(true);
  socket.io.opts.extraHeaders = { authorization: `bearer ${answers[0]}` };
  await hasConnected(socket);
  socket.io.opts.extraHeaders = { authorization: "bearer an.old.one" };
  socket.disconnect().connect();
  await hasConnected(socket);
  expect(fetchNewToken).toHaveBeenCalledTimes(2);
  socket.close();
});

it("lesson 10: connects with a new token once the server has ended the socket, or asks to log in", async () => {
  const run = await snippet(10, 0, "socket", "fetchNewToken", "askToLogIn");
  let token = await logIn(server.url);
  const socket = open(token);
  const logOut = (): Promise<Response> =>
    fetch(`${server.url}/logout`, {
      method: "POST",
      headers: { authorization: `bearer ${token}` },
    });
  const fetchNewToken = vi
    .fn<() => Promise<string>>()
    .mockImplementationOnce(async () => (token = await logIn(server.url)))
    .mockRejectedValueOnce(new Error("offline"));
  const asked = new Promise((askToLogIn) => void run(socket, fetchNewToken, askToLogIn));
  await hasConnected(socket);
  const isBack = hasConnected(socket);
  await logOut();
  await isBack;
  expect(await socket.emitWithAck("whoami")).toEqual({ id: 1, username: "john" });
  await logOut();
  await asked;
  expect(fetchNewToken).toHaveBeenCalledTimes(2);
  expect(socket.active).toBe(false);
});
