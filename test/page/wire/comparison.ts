// Two attempts beside each other: where they diverge, and what does not count as a difference.
import { describe, expect, it } from "vitest";
import { alignTraces } from "../../../public/page/wire/align.ts";
import { layOutPair } from "../../../public/page/wire/layout.ts";
import { divergenceOf } from "../../../public/page/wire/divergence-words.ts";
import type { Packet, ResponseStep, Step, Trace } from "../../../scripts/model/trace.ts";
import { allTraces, NAMES, type Played, type SceneName } from "./scenes.ts";

const SAME =
  "send and receive the same; only times, connections and the number of polls may differ.";

function wordsFor(browser: Trace, node: Trace): string {
  const left = { trace: browser, names: NAMES };
  const right = { trace: node, names: { ...NAMES, client: "Node" } };
  return divergenceOf(alignTraces(browser, node), { left, right }).words;
}

function divergenceIn({ scenes }: Played, name: SceneName): string {
  const { browser, node } = scenes[name];
  return wordsFor(browser.trace, node.trace);
}

function packetsFrom(side: Step["from"], step: Step): Packet[] {
  return "packets" in step && step.from === side ? step.packets : [];
}

export function comparisonTests(played: Played): void {
  describe("two attempts", () => {
    it("diverge at the request that has no header in a browser, and the sentence says what came of it", () => {
      expect(divergenceIn(played, "websocket")).toBe(
        "They diverge at GET /socket.io/ (websocket handshake): Chrome 147 sends no Authorization header, Node sends one. " +
          'Then Chrome 147 gets 401 Unauthorized (Bearer realm="users"), Node gets 101 Switching Protocols.',
      );
    });

    it("diverge at the upgrade, which needs no header, and nowhere else", () => {
      expect(divergenceIn(played, "polling")).toBe(
        "They diverge at GET /socket.io/ (upgrade to websocket): Chrome 147 sends no Authorization header, Node sends one. " +
          `Otherwise they ${SAME}`,
      );
    });

    it.each(["expired", "cut", "payload", "self"] as const)("do the same: %s", (name) => {
      expect(divergenceIn(played, name)).toBe(`Chrome 147 and Node ${SAME}`);
    });

    it("end by different transports where one falls back: the sentence says who connects how", () => {
      expect(divergenceIn(played, "tryAll")).toMatch(
        /Node gets 101 Switching Protocols\. In the end both connect: Chrome 147 falls back to polling, Node uses websocket\.$/,
      );
      expect(divergenceIn(played, "websocket")).not.toContain("both connect");
    });

    it("may part at a later connection, and the sentence says so", () => {
      const { trace } = played.scenes.tabs.node;
      const changed = structuredClone(trace);
      const [, second] = changed.steps.filter(
        (step) => step.kind === "request" && step.opens !== undefined,
      );
      const isAnswer = (step: Step): boolean =>
        step.kind === "response" && step.answers === second!.id;
      (changed.steps.find(isAnswer) as ResponseStep).status = 503;
      expect(wordsFor(trace, changed)).toMatch(
        /^They diverge at the answer to GET \/socket\.io\/ \(polling handshake\), the second time they connect: Chrome 147 gets 200 OK, Node gets 503 OK\./,
      );
    });

    it("do the same, and one of them more often: the sentence says how often", () => {
      const { trace } = played.scenes.cut.node;
      const [request] = trace.steps;
      const again = { steps: [...trace.steps, { ...request!, id: trace.steps.length + 1 }] };
      expect(wordsFor(again, trace)).toMatch(
        /: Chrome 147 sends GET \/socket\.io\/ \(websocket handshake\) 2 times, Node once\./,
      );
    });

    it("do not diverge by how far an upgrade came before the server ended both sessions: that is a race", () => {
      const race =
        "How far the upgrade came before the server ended the session is a race, and may differ next time.";
      for (const end of ["CONNECT_ERROR", "DISCONNECT"]) {
        const ended = structuredClone(played.scenes.polling.node.trace);
        for (const step of ended.steps)
          for (const packet of packetsFrom("server", step))
            if (packet.socket === "CONNECT") packet.socket = end;
        expect(wordsFor(ended, ended)).toBe(`Chrome 147 and Node ${SAME}`);
        const { connection } = ended.steps.find(
          (step) => step.kind === "request" && step.headers["upgrade"] !== undefined,
        )!;
        const early = { steps: ended.steps.filter((step) => step.connection !== connection) };
        expect(wordsFor(ended, early)).toBe(`Chrome 147 and Node ${SAME} ${race}`);
        expect(wordsFor(early, ended)).toBe(`Chrome 147 and Node ${SAME} ${race}`);
        const answered = structuredClone(ended);
        const answer = answered.steps.find(
          (step) => step.kind === "response" && step.status === 101,
        ) as ResponseStep;
        answer.status = 400;
        expect(wordsFor(answered, ended)).toBe(`Chrome 147 and Node ${SAME} ${race}`);
        // That is about the credential.
        answer.status = 401;
        expect(wordsFor(answered, ended)).toContain("Chrome 147 gets 401 Switching Protocols");
      }
    });

    it("say who cuts a connection", () => {
      const { trace } = played.scenes.cut.browser;
      const cut = structuredClone(trace);
      const end = cut.steps.find((step) => step.kind === "closed")!;
      end.from = "client";
      expect(wordsFor(trace, cut)).toContain(
        "only Chrome 147 has its connection cut. Then only Node cuts its connection.",
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

    it("do not depend on times, connections, sids, tokens and cache parameters", () => {
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
