// The page and the terminal, side by side: the same lesson gives the same outcomes and the same traces.
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { FilledCell } from "../../scripts/lab/sandbox/protocol.ts";
import { readLesson } from "../../scripts/lab/lesson-files.ts";
import { runLesson as runInTerminal } from "../../scripts/lab/lesson-run.ts";
import type { Trace } from "../../scripts/lab/trace.ts";
import { runLesson, type Site, visit } from "./site.ts";

/** A call of the page, with the first of its arguments. */
type Call =
  | [name: "prepare" | "runNode", cell: { attempt: string }]
  | [name: "settle", run: string]
  | [name: "another", given: unknown];

/** Listens on the page's control channel. @returns the cells that come over it, by attempt and client */
function watchCells(page: Page): Map<string, FilledCell> {
  const cells = new Map<string, FilledCell>();
  const calls = new Map<string, Call>();
  const runs = new Map<string, string>();

  function answer(call: Call, told: FilledCell & { run: string }): void {
    if (call[0] === "prepare") runs.set(told.run, call[1].attempt);
    if (call[0] === "runNode") cells.set(`${call[1].attempt} node`, told);
    if (call[0] === "settle") cells.set(`${runs.get(call[1])} browser`, told);
  }

  page.on("websocket", (socket) => {
    if (!socket.url().includes("/control/")) return;
    socket.on("framesent", ({ payload }) => {
      const [, id, call] = /^42(\d+)(\[.*)$/s.exec(String(payload)) ?? [];
      if (id !== undefined) calls.set(id, JSON.parse(call!) as Call);
    });
    socket.on("framereceived", ({ payload }) => {
      const [, id, reply] = /^43(\d+)(\[.*)$/s.exec(String(payload)) ?? [];
      if (id === undefined) return;
      const [{ answer: told }] = JSON.parse(reply!) as [{ answer: FilledCell & { run: string } }];
      answer(calls.get(id)!, told);
    });
  });
  return cells;
}

/** Without what is another one each time: times, ids, ends of tokens, and what a request adds against caches. */
function steady(value: unknown): string {
  return JSON.stringify(value, (name, each: unknown) =>
    /^(?:atMs|durationMs|iat|exp|nbf|sid|lastCharacters)$/.test(name) ? undefined : each,
  )
    .replaceAll(/…[\w-]{1,6}/g, "…")
    .replaceAll(/([?&]t=)[\w.-]+/g, "$1…");
}

/**
 * What went over the wire, as far as it is the same each time. On polling a client asks on two connections at once, and
 * which packet goes with which request, and when the upgrade comes between, is a race: then each request and each packet
 * counts, wherever it went.
 */
function traffic({ steps }: Trace): string[] {
  const isRace = steps.some(
    (step) => step.kind === "request" && /polling.*&sid=/.test(step.target),
  );
  // Who closes a connection first that both are about to close is a race as well.
  if (!isRace)
    return steps.map((step) => steady(step.kind === "closed" ? { ...step, from: "" } : step));
  const parts = steps.flatMap((step) => {
    if (step.kind === "closed") return [];
    if (step.kind === "check") return [steady({ check: step.what })];
    const packets = step.packets.filter(({ engine }) => !/^(?:noop|ping|pong)$/.test(engine));
    const carried = packets.map((packet) => steady({ from: step.from, packet }));
    if (step.kind !== "request") return carried;
    const { "content-length": _length, ...headers } = step.headers;
    return [
      steady({ method: step.method, target: step.target, headers, tokens: step.tokens }),
      ...carried,
    ];
  });
  return [...new Set(parts)].toSorted();
}

export function terminalTests(site: () => Site): void {
  describe("the page and the terminal", { timeout: 60_000 }, () => {
    it("come to the same outcomes and traces in lesson 3", async () => {
      const lesson = await readLesson(3);
      await visit(site(), { path: "/" }, async (page) => {
        const onPage = watchCells(page);
        await page.goto(site().sandbox.address("/lesson/3"));
        await runLesson(page);
        const cells = await runInTerminal(site().sandbox.lab, lesson);
        expect(cells).toHaveLength(18);
        for (const { attempt, client, outcome, trace, verdict } of cells) {
          const cell = onPage.get(`${attempt.id} ${client}`)!;
          const name = `${attempt.id}, ${client}`;
          expect([name, steady([cell.outcome, cell.verdict])]).toEqual([
            name,
            steady([outcome, verdict]),
          ]);
          expect([name, ...traffic(cell.trace)]).toEqual([name, ...traffic(trace!)]);
        }
      });
    });
  });
}
