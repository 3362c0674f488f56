// A trace as a diagram: every step in its place, every text where it can be read.
import { expect, describe, it } from "vitest";
import { layOut } from "../../public/page/wire/layout.ts";
import type { Step, Trace } from "../../scripts/model/trace.ts";
import { recordHeartbeats } from "./heartbeats.ts";
import { allTraces, NAMES, type Played, titlesOf } from "./scenes.ts";

function isBeat({ packets }: Extract<Step, { kind: "frame" }>): boolean {
  return packets.some(({ engine, text }) => /^p[io]ng$/.test(engine) && text === undefined);
}

/** The marks of the first step, each with its words. */
function marksOf(trace: Trace): [string, string][] {
  const [row] = layOut(trace, 700, { names: NAMES }).rows;
  return row!.texts.flatMap(({ mark, text }) =>
    mark === undefined ? [] : [[mark, text.replace(/…\S+/, "…")] satisfies [string, string]],
  );
}

const WIDTHS = [360, 700] as const;

export function diagramTests(played: Played): void {
  describe.each(WIDTHS)("a diagram of %i pixels", (width) => {
    it("has a place for every step, once, from top to bottom", () => {
      for (const trace of allTraces(played)) {
        const { rows } = layOut(trace, width, { names: NAMES });
        expect(rows.flatMap(({ steps }) => steps)).toEqual(trace.steps.map((_, index) => index));
        for (const [index, { y, height }] of rows.entries())
          expect(rows[index + 1]?.y ?? y + height).toBe(y + height);
      }
    });

    it("keeps every text between the lanes, and clear of the next row", () => {
      for (const trace of allTraces(played)) {
        const { rows, grid } = layOut(trace, width, { names: NAMES });
        for (const row of rows)
          for (const { x, y, anchor, columns } of row.texts) {
            const wide = columns * grid.fontSize * 0.6;
            const [left, right] = anchor === "start" ? [x, x + wide] : [x - wide, x];
            expect(left).toBeGreaterThan(grid.client);
            expect(right).toBeLessThan(grid.server);
            expect(y).toBeLessThanOrEqual(row.y + row.height);
          }
      }
    });

    it("gives a connection a line of its own, which nothing else uses while it is open", () => {
      for (const trace of allTraces(played)) {
        const { tracks, grid } = layOut(trace, width, { names: NAMES });
        for (const one of tracks) {
          expect(one.x).toBeGreaterThan(grid.client);
          expect(one.x).toBeLessThan(grid.server);
          const beside = tracks.filter(
            (other) =>
              other !== one &&
              other.x === one.x &&
              other.top < one.bottom &&
              one.top < other.bottom,
          );
          expect(beside).toEqual([]);
        }
      }
    });

    it("folds a long payload", () => {
      const long = structuredClone(played.scenes.payload.node.trace);
      const frame = long.steps.find((step) => step.kind === "frame")!;
      frame.packets = [
        { engine: "message", socket: "EVENT", namespace: "/", data: ["x".repeat(900)] },
      ];
      const { rows } = layOut(long, width, { names: NAMES });
      const folded = rows.find(({ steps }) => long.steps[steps[0]!] === frame)!;
      expect(folded.texts.findLast(({ isTitle }) => isTitle)!.text).toMatch(/x…$/);
      expect(folded.height).toBeLessThan(80);
    });
  });

  describe("a step", () => {
    it("reads as a sentence", () => {
      const { rows } = layOut(played.scenes.websocket.browser.trace, 700, { names: NAMES });
      expect(rows.map(({ sentence }) => sentence.replace(/^At [\d.]+ ms/, "At … ms"))).toEqual([
        "At … ms, on connection 1: Chrome 147 asks GET /socket.io/, websocket handshake, with no Authorization header.",
        'Then, on connection 1: the cjs server checks the credential of the GET websocket handshake and refuses it: "No auth token".',
        'At … ms, on connection 1: the cjs server answers 401 Unauthorized, with the challenge Bearer realm="users", with the body {"message":"Unauthorized"}.',
        expect.stringMatching(/^At … ms: (?:the cjs server|Chrome 147) closes connection 1\.$/),
      ]);
    });

    it("without a credential is marked by shape and word, and so is one with it", () => {
      expect(marksOf(played.scenes.websocket.browser.trace)).toEqual([
        ["absent", "no Authorization header"],
      ]);
      expect(marksOf(played.scenes.websocket.node.trace)).toEqual([
        ["present", "Authorization: bearer …"],
      ]);
    });

    it("names Engine.IO and Socket.IO packets", () => {
      const titles = titlesOf(layOut(played.scenes.payload.node.trace, 700, { names: NAMES })).join(
        "\n",
      );
      expect(titles).toMatch(
        /^101 Switching Protocols\nopen a session, no upgrade on offer\nCONNECT \{"token":"…\S{6}"\}\ncredential refused\nCONNECT_ERROR /m,
      );
    });

    it("shows a cut connection as cut, with nothing after it", () => {
      const { rows, tracks } = layOut(played.scenes.cut.browser.trace, 700, { names: NAMES });
      expect(rows.at(-1)).toMatchObject({ kind: "closed", arrow: { kind: "cut" } });
      expect(rows.at(-1)!.sentence).toMatch(
        /the cjs server cuts connection 1, and says nothing\.$/,
      );
      expect(rows.map(({ decision }) => decision)).toContain("refused");
      expect(tracks[0]).toMatchObject({ end: "cut", bottom: rows.at(-1)!.wireY });
    });

    it("of the upgrade turns its connection's line into a websocket's", () => {
      const { trace } = played.scenes.polling.node;
      const { tracks, rows } = layOut(trace, 700, { names: NAMES });
      const upgraded = trace.steps.findIndex(
        (step) => step.kind === "response" && step.status === 101,
      );
      const track = tracks.find(
        ({ connection }) => connection === trace.steps[upgraded]!.connection,
      )!;
      expect(track.upgradedY).toBe(rows.find(({ steps }) => steps.includes(upgraded))!.wireY);
      expect(tracks.filter(({ upgradedY }) => upgradedY !== undefined)).toEqual([track]);
    });
  });

  describe("heartbeats", () => {
    it("fold into one row, and unfold", async () => {
      const trace = await recordHeartbeats(4);
      const last = trace.steps.findLastIndex((step) => step.kind !== "frame" || !isBeat(step));
      const beats = trace.steps.length - 1 - last;
      expect(beats).toBeGreaterThan(3);
      const folded = layOut(trace, 700, { names: NAMES }).rows.at(-1)!;
      expect([folded.isFolded, folded.steps.length]).toEqual([true, beats]);
      expect(folded.sentence).toBe(`Folded: ${beats} heartbeats. Press Enter to show them.`);
      const { rows } = layOut(trace, 700, { names: NAMES, showsRoutine: true });
      expect(rows.length).toBe(trace.steps.length);
    });
  });
}
