// Two attempts beside each other: where they part, and what is no difference.
import { describe, expect, it } from "vitest";
import { alignTraces } from "../../public/page/wire/align.ts";
import { layOutPair } from "../../public/page/wire/layout.ts";
import { partingWords } from "../../public/page/wire/parting.ts";
import type { Trace } from "../../scripts/model/trace.ts";
import { allTraces, NAMES, type Played, type SceneName } from "./scenes.ts";

function partingOf({ scenes }: Played, name: SceneName): string {
  const { browser, node } = scenes[name];
  const pair = {
    left: browser.trace,
    right: node.trace,
    names: { left: "Chrome 147", right: "Node" },
  };
  return partingWords(alignTraces(pair.left, pair.right), pair);
}

export function comparisonTests(played: Played): void {
  describe("two attempts", () => {
    it("part at the request that has no header in a browser, and the sentence says what came of it", () => {
      expect(partingOf(played, "websocket")).toBe(
        "They part at GET /socket.io/ (websocket handshake): Chrome 147 sends no Authorization header, Node sends one. " +
          'Then Chrome 147 is answered 401 Unauthorized (Bearer realm="users"), Node is answered 101 Switching Protocols.',
      );
    });

    it("part at the upgrade, which needs no header, and meet again", () => {
      expect(partingOf(played, "polling")).toBe(
        "They part at GET /socket.io/ (upgrade to websocket): Chrome 147 sends no Authorization header, Node sends one. " +
          "In all else both go the same way.",
      );
    });

    it.each(["expired", "cut", "payload", "self"] as const)("go the same way: %s", (name) => {
      expect(partingOf(played, name)).toBe(
        "Chrome 147 and Node go the same way: the same requests and answers, in the same order.",
      );
    });

    it("part where one was answered otherwise", () => {
      const { trace } = played.scenes.expired.node;
      const changed = structuredClone(trace);
      for (const step of changed.steps) if (step.kind === "response") step.status = 403;
      const { partsAt, rows } = alignTraces(trace, changed);
      expect(rows[partsAt!]).toMatchObject({ relation: "differs" });
      expect(trace.steps[rows[partsAt!]!.left!]).toMatchObject({ kind: "response", status: 401 });
    });

    it("are the same whatever the times, connections, sids, token and cache parameters are", () => {
      for (const trace of allTraces(played)) {
        const text = JSON.stringify(trace)
          .replaceAll(/…[\w-]{6}/g, "…abcdef")
          .replaceAll(/&t=\w+/g, "&t=0");
        const other = JSON.parse(text) as Trace;
        for (const step of other.steps)
          [step.atMs, step.connection] = [step.atMs * 2, step.connection + 1];
        expect(alignTraces(trace, other).partsAt).toBeUndefined();
      }
    });

    it("stand beside each other in rows of the same place, and lose no step", () => {
      for (const { browser: one, node } of Object.values(played.scenes)) {
        const sides = {
          left: { trace: one.trace, names: NAMES },
          right: { trace: node.trace, names: NAMES },
        };
        const { left, right } = layOutPair(sides, 400);
        expect(left.rows.map(({ y, height }) => [y, height])).toEqual(
          right.rows.map(({ y, height }) => [y, height]),
        );
        for (const row of [...left.rows, ...right.rows])
          for (const { y } of row.texts) expect(y).toBeLessThanOrEqual(row.y + row.height);
        for (const [layout, { trace }] of [
          [left, one],
          [right, node],
        ] as const)
          expect(layout.rows.flatMap(({ steps }) => steps)).toEqual(
            trace.steps.map((_, index) => index),
          );
        expect(left.rows.filter(({ isParting }) => isParting).length).toBeLessThanOrEqual(1);
      }
    });
  });
}
