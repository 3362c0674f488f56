// Two attempts beside each other: where they diverge, and what does not count as a difference.
import { describe, expect, it } from "vitest";
import { alignTraces } from "../../public/page/wire/align.ts";
import { layOutPair } from "../../public/page/wire/layout.ts";
import { divergenceWords } from "../../public/page/wire/divergence-words.ts";
import type { Trace } from "../../scripts/model/trace.ts";
import { allTraces, NAMES, type Played, type SceneName } from "./scenes.ts";

function divergenceOf({ scenes }: Played, name: SceneName): string {
  const { browser, node } = scenes[name];
  const pair = {
    left: { trace: browser.trace, names: NAMES },
    right: { trace: node.trace, names: { ...NAMES, client: "Node" } },
  };
  return divergenceWords(alignTraces(browser.trace, node.trace), pair);
}

export function comparisonTests(played: Played): void {
  describe("two attempts", () => {
    it("diverge at the request that has no header in a browser, and the sentence says what came of it", () => {
      expect(divergenceOf(played, "websocket")).toBe(
        "They diverge at GET /socket.io/ (websocket handshake): Chrome 147 sends no Authorization header, Node sends one. " +
          'Then Chrome 147 gets 401 Unauthorized (Bearer realm="users"), Node gets 101 Switching Protocols.',
      );
    });

    it("diverge at the upgrade, which needs no header, and nowhere else", () => {
      expect(divergenceOf(played, "polling")).toBe(
        "They diverge at GET /socket.io/ (upgrade to websocket): Chrome 147 sends no Authorization header, Node sends one. " +
          "Everything else is identical.",
      );
    });

    it.each(["expired", "cut", "payload", "self"] as const)("behave identically: %s", (name) => {
      expect(divergenceOf(played, name)).toBe(
        "Chrome 147 and Node behave identically: same requests, same responses, same order.",
      );
    });

    it("diverge where one got another response", () => {
      const { trace } = played.scenes.expired.node;
      const changed = structuredClone(trace);
      for (const step of changed.steps) if (step.kind === "response") step.status = 403;
      const { divergesAt, rows } = alignTraces(trace, changed);
      expect(rows[divergesAt!]).toMatchObject({ relation: "differs" });
      expect(trace.steps[rows[divergesAt!]!.left!]).toMatchObject({
        kind: "response",
        status: 401,
      });
    });

    it("are the same whatever the times, connections, sids, token and cache parameters are", () => {
      for (const trace of allTraces(played)) {
        const text = JSON.stringify(trace)
          .replaceAll(/…[\w-]{6}/g, "…abcdef")
          .replaceAll(/&t=\w+/g, "&t=0");
        const other = JSON.parse(text) as Trace;
        for (const step of other.steps)
          [step.atMs, step.connection] = [step.atMs * 2, step.connection + 1];
        expect(alignTraces(trace, other).divergesAt).toBeUndefined();
      }
    });

    it("stand beside each other in rows of the same place, and lose no step", () => {
      for (const { browser: one, node } of Object.values(played.scenes)) {
        const sides = {
          left: { trace: one.trace, names: NAMES },
          right: { trace: node.trace, names: NAMES },
          alignment: alignTraces(one.trace, node.trace),
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
        expect(left.rows.filter(({ isDivergence }) => isDivergence).length).toBeLessThanOrEqual(1);
      }
    });
  });
}
