// What an app does after a refusal, and what its client makes of it: the parts that no row of a lesson shows.
import { io, type Socket } from "socket.io-client";
import { afterAll, beforeAll, expect, it } from "vitest";
import { choiceOf } from "../../scripts/lab/lessons/choice.ts";
import { readLesson } from "../../scripts/lab/lessons/files.ts";
import { type Lab, openLab } from "../../scripts/lab/lab.ts";
import { makeToken } from "../../scripts/lab/named-tokens.ts";
import { type RunningVariant, startVariant } from "../../scripts/lab/servers/process.ts";
import type { ActOf } from "../../scripts/model/acts.ts";
import { GOOD_ACT } from "../helpers/good-act.ts";

let lab: Lab;
let server: RunningVariant;
beforeAll(async () => {
  lab = await openLab();
  const { secret } = lab.tokenMaker();
  server = await startVariant("cjs", { auth: "passport", secret });
});
afterAll(() => Promise.all([lab.close(), server.stop()]));

const EXPIRED = { ...GOOD_ACT, token: "expired" } as const;
const FRESH = { afterRefusal: { freshToken: "valid" } } as const;

async function attempt(act: ActOf<"connect">) {
  const auth = act.credential === "payload" ? "payload" : "manual";
  const place = { variant: "cjs", auth, serverTransports: ["polling", "websocket"] } as const;
  const { outcome, trace } = await lab.run(
    { ...place, serverTransports: [...place.serverTransports], acts: [act] },
    "node",
  );
  const times = trace.steps.filter(({ kind }) => kind === "request").map(({ atMs }) => atMs);
  return { outcome: outcome[0], times };
}

it("a client that goes on waits longer from try to try", async () => {
  const { outcome, times } = await attempt({ ...EXPIRED, afterRefusal: "go on" });
  expect(outcome).toMatchObject({ result: "refused", willRetry: true, tried: 4, freshTokens: 0 });
  const waits = times.slice(1).map((time, at) => time - times[at]!);
  // Half of 50, 100 and 200 ms at least, since the delays are random.
  expect(waits).toHaveLength(3);
  for (const [at, least] of [25, 50, 100].entries()) expect(waits[at]).toBeGreaterThan(least - 2);
});

it.each([
  ["the handshake, by websocket", {}, "websocket"],
  ["the namespace", { credential: "payload", transports: ["polling"] }, "polling"],
] as const)("a fresh token is taken after a refusal by %s", async (_by, how, transport) => {
  const act = { ...EXPIRED, ...how, ...FRESH } as ActOf<"connect">;
  expect((await attempt(act)).outcome).toMatchObject({
    result: "connected",
    user: { id: 1 },
    firstTransport: transport,
    lastTransport: transport,
    tried: 2,
    freshTokens: 1,
  });
});

it("a fresh token that the namespace refuses is the last try: nobody loops", async () => {
  const payload = { credential: "payload", afterRefusal: { freshToken: "expired" } } as const;
  expect((await attempt({ ...EXPIRED, ...payload })).outcome).toMatchObject({
    result: "refused",
    refusedBy: "namespace",
    willRetry: false,
    tried: 2,
    freshTokens: 1,
  });
});

it("without an app the first answer is the outcome, and nothing is counted", async () => {
  const { outcome, times } = await attempt(EXPIRED);
  expect(times).toHaveLength(1);
  expect(outcome).toMatchObject({ result: "refused", willRetry: true });
  expect(outcome).not.toHaveProperty("tried");
});

it("a text in the place of an Error leaves an empty object in the packet, and the client's message empty", async () => {
  const lesson = await readLesson(9);
  const row = lesson.attempts.find(({ id }) => id === "text")!;
  const { trace } = await lab.run(choiceOf(lesson, row, lesson.switches), "node");
  const bodies = trace.steps.map((step) => (step.kind === "response" ? step.body : ""));
  expect(bodies).toContain("44{}");
});

it("disconnect and connect after each refusal leave out the delays", async () => {
  const token = makeToken("expired", lab.tokenMaker());
  const socket: Socket = io(server.url, {
    extraHeaders: { authorization: `bearer ${token}` },
    reconnectionDelay: 60_000,
    forceNew: true,
  });
  let refusals = 0;
  await new Promise<void>((resolve) => {
    socket.on("connect_error", () => {
      refusals += 1;
      if (refusals === 10) resolve();
      else socket.disconnect().connect();
    });
  });
  socket.disconnect();
  expect(refusals).toBe(10);
});
