// Where an attempt has several connections, its trace says whose each handshake is.
import { afterAll, beforeAll, expect, it } from "vitest";
import { stepWords } from "../scripts/model/words/step.ts";
import { type Lab, openLab } from "../scripts/lab/lab.ts";
import type { Step } from "../scripts/model/trace.ts";
import { GOOD_ATTEMPT } from "./good-attempt.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await openLab({ clients: ["node"] });
});
afterAll(() => lab.close());

async function stepsOf(change: Partial<typeof GOOD_ATTEMPT>): Promise<readonly Step[]> {
  const attempt = { ...GOOD_ATTEMPT, ...change };
  const { trace } = await lab.run({
    client: "node",
    variant: "cjs",
    auth: "passport",
    serverTransports: ["polling", "websocket"],
    attempt,
  });
  return trace.steps;
}

const openedBy = (steps: readonly Step[]): unknown[] =>
  steps.flatMap((step) => (step.kind === "request" && step.opens ? [step.opens] : []));

it("by polling and by websocket, in words that the page shows and reads", async () => {
  const steps = await stepsOf({ otherTokens: ["valid", "valid"] });
  expect(openedBy(steps)).toEqual(["tab 1", "tab 2", "the sender"]);
  const polled = await stepsOf({ transports: ["polling"], otherTokens: ["other-user"] });
  expect(openedBy(polled)).toEqual(["tab 1", "the sender"]);
  const opening = polled.find((step) => step.kind === "request" && step.opens === "tab 1");
  const { title, sentence } = stepWords(opening!, { client: "Node 20", server: "cjs server" });
  expect(title).toBe("GET /socket.io/ · polling handshake · tab 1");
  expect(sentence).toContain(" (polling handshake), for tab 1, with ");
});

it("and of one connection says nothing, however often it tries", async () => {
  const steps = await stepsOf({
    transports: ["websocket", "polling"],
    tryAllTransports: true,
    token: "expired",
  });
  expect(steps.filter(({ kind }) => kind === "request").length).toBeGreaterThan(1);
  expect(openedBy(steps)).toEqual([]);
});
