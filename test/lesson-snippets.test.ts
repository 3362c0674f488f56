// The client's code in the words of the lessons does what the words say, on a server that runs.
import { compileFunction } from "node:vm";
import { io, type Socket } from "socket.io-client";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readLesson, readWords } from "../scripts/lab/lesson/files.ts";
import { type RunningVariant, startVariant } from "../scripts/lab/variants/process.ts";
import { logIn } from "./node-process.ts";

let server: RunningVariant;

beforeAll(async () => {
  server = await startVariant("cjs", { auth: "passport" });
});
afterAll(() => server.stop());

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

it("lesson 1: logs in, and is told who it is", async () => {
  const answers: Response[] = [];
  const fetchHere = async (path: string, init: RequestInit): Promise<Response> => {
    const answer = await fetch(server.url + path, init);
    answers.push(answer);
    return answer;
  };
  await (
    await snippet(1, 0, "fetch")
  )(fetchHere);
  expect(await answers[1]?.json()).toEqual({ id: 1, username: "john" });
});

it("lesson 2: fetches a new token when the old one is refused, and connects with it", async () => {
  const socket = open("an.old.one");
  let fetches = 0;
  const fetchNewToken = (): Promise<string> => {
    fetches += 1;
    return logIn(server.url);
  };
  await (
    await snippet(2, 1, "socket", "fetchNewToken")
  )(socket, fetchNewToken);
  await hasConnected(socket);
  expect(await socket.emitWithAck("whoami")).toEqual({ id: 1, username: "john" });
  expect(fetches).toBe(1);
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
