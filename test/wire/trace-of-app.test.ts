// A trace in front of an app: clients by their sessions, answers with what they answer, repetitions counted, and nothing lost.
import { once } from "node:events";
import type { Server } from "socket.io";
import { WebSocket } from "ws";
import { afterEach, expect, it } from "vitest";
import type { News } from "../../scripts/model/follow/follow.ts";
import { renderNews, renderSum } from "../../scripts/terminal/trace/trace-lines.ts";
import { paintNothing } from "../../scripts/terminal/paint.ts";
import { guardSockets, traceApp, type Traced, tokenFor } from "../helpers/traced-app.ts";

let traced: Traced;
afterEach(() => traced.close());

function echo(app: Server): void {
  app.on("connection", (socket) => {
    socket.on("echo", (value: unknown, answer: (value: unknown) => void) => answer(value));
  });
}

function isAnswer({ text }: News): boolean {
  return text.startsWith("answer to");
}

it("numbers a client by its session, on however many connections, and pairs an answer with its event", async () => {
  traced = await traceApp(echo);
  const socket = traced.connect({ auth: { token: tokenFor(3600) } });
  await once(socket as never, "connect");
  // Before or after the answer to CONNECT: the two travel on connections of their own.
  await expect.poll(() => socket.io.engine.transport.name).toBe("websocket");
  await socket.emitWithAck("echo", { text: "hello" });
  const answer = await traced.until(isAnswer);
  expect(answer).toMatchObject({
    text: 'answer to echo {"text":"hello"}',
    took: expect.any(Number) as number,
  });
  expect(
    new Set(traced.recording.trace().steps.map(({ connection }) => connection)).size,
  ).toBeGreaterThan(1);
  expect([...new Set(traced.news.map(({ client }) => client?.number))]).toEqual([1]);
  const upgraded = "▶ goes on over websocket";
  const told = traced.news.map(({ sign, text }) => `${sign} ${text.replace(/…[\w-]{6}/, "…")}`);
  expect(told).toContain(upgraded);
  expect(told.filter((line) => line !== upgraded)).toEqual([
    "▶ polling handshake: no token",
    "◀ session opens over polling, websocket offered",
    "▶ CONNECT: payload …: ann, HS256, 59 minutes left",
    "◀ connected",
    '▶ event echo {"text":"hello"}',
    '◀ answer to echo {"text":"hello"}',
  ]);
});

it("shows a client that is refused as another was only once, and counts it", async () => {
  traced = await traceApp(guardSockets);
  const token = tokenFor(-9);
  for (let count = 0; count < 5; count += 1) {
    const socket = traced.connect({ transports: ["websocket"], auth: { token } });
    await once(socket as never, "connect_error");
    socket.close();
  }
  await expect.poll(() => traced.follow().sum().ends[0]?.count).toBe(5);
  expect(traced.news.filter(({ topic }) => topic === "refused").map(({ text }) => text)).toEqual([
    'CONNECT refused: "unauthorized"',
  ]);
  const [line] = traced.follow().end(60_000);
  expect(line?.text).toMatch(
    new RegExp(`^the same again, ×4 in .* s: websocket handshake: no token$`),
  );
  // Another one is not held back for long: it is let in.
  await once(
    traced.connect({ auth: { token: tokenFor(60) }, transports: ["websocket"] }) as never,
    "connect",
  );
  await traced.until(({ text, client }) => text === "connected" && client?.number === 2);
});

it("reads compressed frames, and cuts long ones with their size, in lines of 80 columns", async () => {
  traced = await traceApp(echo, { perMessageDeflate: { threshold: 0 }, maxHttpBufferSize: 1e6 });
  const socket = traced.connect({ transports: ["websocket"] });
  await socket.emitWithAck("echo", "one and the same");
  await socket.emitWithAck("echo", "one and the same");
  await socket.emitWithAck("echo", "a😀".repeat(20_000));
  await traced.until(({ text }) => /^answer .*😀/.test(text));
  const texts = traced.news.filter(({ topic }) => topic === "events").map(({ text }) => text);
  expect(texts.slice(0, 4)).toEqual([
    "event echo one and the same",
    "answer to echo one and the same",
    "event echo one and the same",
    "answer to echo one and the same",
  ]);
  expect(texts[4]).toMatch(/^event "echo","a😀a😀/);
  const look = { width: 80, paint: paintNothing };
  const lines = [
    ...traced.news.flatMap((news) => renderNews(news, look)),
    ...renderSum(traced.follow().sum(), look),
  ];
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  // Nothing was left out, so there is no remark about it.
  expect(lines.join("\n")).not.toContain("Not shown");
  const counted = renderSum({ ends: [], troubles: [], heartbeats: 2, others: 0 }, look);
  expect(counted.at(-1)).toBe("Not shown: heartbeats (2).");
  expect(lines.some((line) => /…  100,0\d\d bytes$/.test(line))).toBe(true);
});

it("loses nothing of 1,000 connections at once", async () => {
  traced = await traceApp(echo);
  const COUNT = 1000;
  const address = `${traced.url.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`;
  const sockets = Array.from({ length: COUNT }, () => new WebSocket(address));
  const answers = await Promise.all(
    sockets.map(async (socket, number) => {
      const next = async (): Promise<string> => String((await once(socket, "message"))[0]);
      await next();
      socket.send("40");
      await next();
      socket.send(`420["echo",${number}]`);
      return next();
    }),
  );
  for (const socket of sockets) socket.terminate();
  expect(answers).toEqual(sockets.map((_, number) => `430[${number}]`));
  await expect
    .poll(() => traced.news.filter(({ sign }) => sign === "·").length, { timeout: 60_000 })
    .toBe(COUNT);
  expect(
    traced.news
      .filter(isAnswer)
      .map(({ text }) => Number(text.split(" ").at(-1)))
      .toSorted((one, other) => one - other),
  ).toEqual([...sockets.keys()]);
  expect(new Set(traced.news.map(({ client }) => client?.number)).size).toBe(COUNT);
  expect(traced.recording.trace().droppedSteps).toBeGreaterThan(COUNT);
}, 120_000);
