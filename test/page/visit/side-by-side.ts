// The page beside the terminal: what comes over the page's control channel, and how two traces compare.
import type { Page } from "playwright-core";
import type { FilledCell } from "../../../scripts/model/cell.ts";
import type { Step, Trace } from "../../../scripts/model/trace.ts";

/** A call of the page, with the first of its arguments. */
type Call =
  | [name: "prepare" | "runNode", cell: { attempt: string }]
  | [name: "settle", run: string]
  | [name: "another", given: unknown];

/** Listens on the page's control channel. @returns the cells that come over it, by attempt and client */
export function watchCells(page: Page): Map<string, FilledCell> {
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

/** Those of packets and users are numbers. */
function isTokenId(name: string, value: unknown): boolean {
  return name === "id" && typeof value === "string";
}

/** Without what is another one each time: times, ids, ends of tokens, and what a request adds against caches. */
export function steady(value: unknown): string {
  return JSON.stringify(value, (name, each: unknown) =>
    /^(?:atMs|durationMs|iat|exp|nbf|sid|lastCharacters)$/.test(name) || isTokenId(name, each)
      ? undefined
      : each,
  )
    .replaceAll(/…[\w-]{1,6}/g, "…")
    .replaceAll(/([?&]t=)[\w.-]+/g, "$1…");
}

/**
 * What went over the wire, as far as it is the same each time. On polling a client asks on two connections at once, and
 * which packet goes with which request, and when the upgrade comes between, is a race: then each request and each packet
 * counts, wherever it went. Whether the last one, `close`, still gets out is a race too.
 */
export function traffic({ steps }: Trace): string[] {
  const isRace = steps.some(
    (step) => step.kind === "request" && /polling.*&sid=/.test(step.target),
  );
  // Who closes a connection first that both are about to close is a race as well, and so is when a check becomes known: what
  // refers to a step refers here to its place.
  if (!isRace)
    return steps.map((step) =>
      steady(step.kind === "closed" ? { ...step, id: 0, from: "" } : withPlaces(step, steps)),
    );
  const parts = steps.flatMap((step) => {
    if (step.kind === "closed") return [];
    if (step.kind === "check") return [steady({ check: step.what })];
    const packets = step.packets.filter(({ engine }) => !/^(?:noop|ping|pong|close)$/.test(engine));
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

function withPlaces(step: Step, steps: readonly Step[]): object {
  const places = Object.entries(step).map(([name, value]) =>
    /^(?:id|answers|about|shownBy)$/.test(name)
      ? [name, steps.findIndex(({ id }) => id === value)]
      : [name, value],
  );
  return Object.fromEntries(places);
}
