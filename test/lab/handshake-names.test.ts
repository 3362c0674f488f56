// Where an attempt has several connections, its trace says whose each handshake is, and that of a foreign page its Origin.
import { afterAll, beforeAll, expect, it } from "vitest";
import { stepWords } from "../../scripts/model/words/step.ts";
import { type Lab, openLab } from "../../scripts/lab/lab.ts";
import type { RequestStep, Step } from "../../scripts/model/trace.ts";
import type { AuthMode } from "../../scripts/model/vocabulary.ts";
import type { Act } from "../../scripts/model/acts.ts";
import { GOOD_ACT } from "../helpers/good-act.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await openLab({ clients: ["node"] });
});
afterAll(() => lab.close());

async function stepsOf(acts: Act[], auth: AuthMode = "passport"): Promise<readonly Step[]> {
  const server = { variant: "cjs", auth } as const;
  const choice = { ...server, serverTransports: ["polling", "websocket"] as const, acts };
  const { trace } = await lab.run(choice, "node");
  return trace.steps;
}

const openedBy = (steps: readonly Step[]): unknown[] =>
  steps.flatMap((step) => (step.kind === "request" && step.opens ? [step.opens] : []));

it("by polling and by websocket, in words that the page shows and reads", async () => {
  const tabs = ["tab 1", "tab 2"].map((as) => ({ ...GOOD_ACT, as }));
  const steps = await stepsOf([...tabs, { do: "renew", as: "tab 1" }]);
  expect(openedBy(steps)).toEqual(["tab 1", "tab 2", "tab 1"]);
  const polled = await stepsOf(tabs.map((act) => ({ ...act, transports: ["polling"] })));
  expect(openedBy(polled)).toEqual(["tab 1", "tab 2"]);
  const opening = polled.find((step) => step.kind === "request" && step.opens === "tab 1");
  const { title, sentence } = stepWords(opening!, { client: "Node 20", server: "cjs server" });
  expect(title).toBe("GET /socket.io/ · polling handshake · tab 1");
  expect(sentence).toContain(" (polling handshake), for tab 1, with ");
});

it("and of one connection says nothing, however often it tries", async () => {
  const transports: ["websocket", "polling"] = ["websocket", "polling"];
  const steps = await stepsOf([
    { ...GOOD_ACT, transports, tryAllTransports: true, token: "expired" },
  ]);
  expect(steps.filter(({ kind }) => kind === "request").length).toBeGreaterThan(1);
  expect(openedBy(steps)).toEqual([]);
});

it("and of a page of another origin, which one, on each transport", async () => {
  for (const transport of ["polling", "websocket"] as const) {
    const from = { from: "another port" as const, transports: [transport] };
    const [foreign] = await stepsOf([{ ...GOOD_ACT, ...from }]);
    const { content, sentence } = stepWords(foreign!, { client: "Node 20", server: "cjs server" });
    expect(content[0]!.text).toMatch(/^Origin: http:\/\/127\.0\.0\.1:\d+$/);
    expect(sentence).toContain(`, with ${content[0]!.text}`);
    const own = structuredClone(foreign) as RequestStep;
    own.headers["origin"] = `http://${own.headers["host"]}`;
    expect(stepWords(own, { client: "Node 20", server: "cjs server" }).content).toEqual([]);
  }
});

it("where tokens travel in a cookie, a request without one lacks that, and not another header", async () => {
  const login = { do: "request", method: "POST", path: "/login", credential: "none" } as const;
  const body = { username: "john", password: "changeit" };
  const acts: Act[] = [
    { ...login, scheme: "bearer", token: "none", body },
    { ...GOOD_ACT, credential: "none", token: "none" },
  ];
  for (const [auth, header] of [
    ["cookie", "Cookie"],
    ["manual", "Authorization"],
  ] as const) {
    const steps = await stepsOf(acts, auth);
    const handshake = steps.find((step) => step.kind === "request" && step.method === "GET");
    const { sentence } = stepWords(handshake!, { client: "Node 20", server: "cjs server" });
    expect(sentence).toContain(`, with no ${header} header`);
  }
});
