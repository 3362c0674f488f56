// A trace as a diagram: every step in its place, every text where it can be read.
import { expect, describe, it } from "vitest";
import { atServer } from "../../../scripts/model/words/values.ts";
import { breakLines } from "../../../public/page/wire/grid.ts";
import { layOut, type Side } from "../../../public/page/wire/layout.ts";
import type { Step, Trace } from "../../../scripts/model/trace.ts";
import { renderTrace } from "../../../scripts/terminal/lesson/sequence.ts";
import { paintNothing } from "../../../scripts/terminal/paint.ts";
import { recordHeartbeats } from "./heartbeats.ts";
import { allTraces, NAMES, type Played, titlesOf } from "./scenes.ts";

function isBeat({ packets }: Extract<Step, { kind: "frame" }>): boolean {
  return packets.some(({ engine, text }) => /^p[io]ng$/.test(engine) && text === undefined);
}

function side(trace: Trace): Side {
  return { trace, names: NAMES };
}

/** The signs of the first step, each with its words. */
function signsOf(trace: Trace): [string, string][] {
  const [row] = layOut(side(trace), 700).rows;
  return row!.texts.flatMap(({ credential, text }) =>
    credential ? [[credential, text.replace(/…\S+/, "…")] satisfies [string, string]] : [],
  );
}

const WIDTHS = [360, 700] as const;

export function diagramTests(played: Played): void {
  describe.each(WIDTHS)("a diagram of %i pixels", (width) => {
    it("has a place for every step, once, from top to bottom", () => {
      for (const trace of allTraces(played)) {
        const { rows } = layOut(side(trace), width);
        expect(rows.flatMap(({ steps }) => steps)).toEqual(trace.steps.map((_, index) => index));
        for (const [index, { y, height }] of rows.entries())
          expect(rows[index + 1]?.y ?? y + height).toBe(y + height);
      }
    });

    it("keeps every text between the lanes, and clear of the next row", () => {
      for (const trace of allTraces(played)) {
        const { rows, grid } = layOut(side(trace), width);
        for (const row of rows)
          for (const { x, y, anchor, columns } of row.texts) {
            const wide = columns * grid.fontSize * 0.6;
            const [left, right] = anchor === "start" ? [x, x + wide] : [x - wide, x];
            expect(left).toBeGreaterThan(grid.clients[0]!);
            expect(right).toBeLessThan(grid.server);
            expect(y).toBeLessThanOrEqual(row.y + row.height);
          }
      }
    });

    it("gives a connection a line of its own, which nothing else uses while it is open", () => {
      for (const trace of allTraces(played)) {
        const { connections, grid } = layOut(side(trace), width);
        for (const one of connections) {
          expect(one.x).toBeGreaterThan(grid.clients[0]!);
          expect(one.x).toBeLessThan(grid.server);
          const beside = connections.filter(
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
      const { rows } = layOut(side(long), width);
      const folded = rows.find(({ steps }) => long.steps[steps[0]!] === frame)!;
      expect(folded.texts.findLast(({ isTitle }) => isTitle)!.text).toMatch(/x…$/);
      expect(folded.height).toBeLessThan(100);
    });
  });

  it("breaks a payload where JSON can be broken, and shows all of it if it is short", () => {
    const event = 'EVENT ["note",{"from":{"id":1,"username":"john"},"text":"hello"}]';
    expect(breakLines(event, 55, 4)).toEqual([
      'EVENT ["note",{"from":{"id":1,"username":"john"},',
      '"text":"hello"}]',
    ]);
    expect(breakLines(event, 24, 4)).toEqual([
      'EVENT ["note",{"from":{',
      '"id":1,"username":',
      '"john"},"text":"hello"}]',
    ]);
    expect(breakLines("two words", 5, 4)).toEqual(["two", "words"]);
    expect(breakLines(`POST /x${atServer(2)}`, 17, 4)).toEqual(["POST /x ·", "server\u{A0}2"]);
    expect(breakLines("x".repeat(11), 5, 2)).toEqual(["xxxxx", "xxxx…"]);
  });

  describe("a step", () => {
    it("reads as a sentence", () => {
      const { rows } = layOut(side(played.scenes.websocket.browser.trace), 700);
      expect(rows.map(({ sentence }) => sentence.replace(/^At [\d.]+ ms/, "At … ms"))).toEqual([
        "At … ms, on connection 1: Chrome 147 sends GET /socket.io/ (websocket handshake), with no Authorization header.",
        'Then, on connection 1: the cjs server checks the credential of GET websocket handshake and refuses it: "No auth token".',
        'At … ms, on connection 1: the cjs server responds with 401 Unauthorized, with WWW-Authenticate: Bearer realm="users", with the body {"message":"Unauthorized"}.',
        expect.stringMatching(/^At … ms: (?:the cjs server|Chrome 147) closes connection 1\.$/),
      ]);
    });

    it("has the same title in the terminal", () => {
      for (const trace of allTraces(played)) {
        const drawn = renderTrace(trace, NAMES, 110, paintNothing);
        for (const { kind, texts } of layOut(side(trace), 900).rows) {
          const title = texts.find(({ isTitle }) => isTitle)?.text ?? "";
          const isThere = drawn.some((line) => line.includes(title));
          // How a connection closes is said once below the drawing.
          expect([title, isThere || kind === "closed"]).toEqual([title, true]);
        }
      }
    });

    it("without a credential is marked by shape and word, and so is one with it", () => {
      expect(signsOf(played.scenes.websocket.browser.trace)).toEqual([
        ["absent", "no Authorization header"],
      ]);
      expect(signsOf(played.scenes.websocket.node.trace)).toEqual([
        ["present", "Authorization: bearer …"],
      ]);
    });

    it("names Engine.IO and Socket.IO packets", () => {
      const titles = titlesOf(layOut(side(played.scenes.payload.node.trace), 700)).join("\n");
      expect(titles).toMatch(
        /^101 Switching Protocols\nOPEN: new session; no upgrade available\nCONNECT \{"token":"…\S{6}"\}\ncredential refused\nCONNECT_ERROR /m,
      );
    });

    it("shows a cut connection as cut, with nothing after it", () => {
      const { rows, connections } = layOut(side(played.scenes.cut.browser.trace), 700);
      expect(rows.at(-1)).toMatchObject({ kind: "closed", arrow: { kind: "cut" } });
      expect(rows.at(-1)!.sentence).toMatch(/the cjs server cuts connection 1 without a word\.$/);
      expect(rows.map(({ decision }) => decision)).toContain("refused");
      expect(connections[0]).toMatchObject({ end: "cut", bottom: rows.at(-1)!.wireY });
    });

    it("of the upgrade turns its connection's line into a websocket's", () => {
      const { trace } = played.scenes.polling.node;
      const { connections, rows } = layOut(side(trace), 700);
      const upgraded = trace.steps.findIndex(
        (step) => step.kind === "response" && step.status === 101,
      );
      const line = connections.find(
        ({ connection }) => connection === trace.steps[upgraded]!.connection,
      )!;
      expect(line.upgradedY).toBe(rows.find(({ steps }) => steps.includes(upgraded))!.wireY);
      expect(connections.filter(({ upgradedY }) => upgradedY !== undefined)).toEqual([line]);
    });
  });

  describe("a trace of events", () => {
    it("folds how its sessions open and end, in the terminal as well, and has a lane for each tab", () => {
      const { lanes, rows } = layOut(side(played.scenes.tabs.node.trace), 500);
      expect(lanes).toEqual(["tab 1", "tab 2"]);
      const folds = rows.filter(({ fold }) => fold !== undefined).map(({ sentence }) => sentence);
      expect(folds[0]).toMatch(/^Folded: tab 1: handshake and upgrade, \d+ steps\./);
      expect(folds[1]).toMatch(/^Folded: tab 2: handshake and upgrade, \d+ steps\./);
      expect(folds.at(-1)).toMatch(/^Folded: disconnect and close, \d+ steps\./);
      const { trace } = played.scenes.tabs.node;
      const folded = renderTrace(trace, NAMES, 110, paintNothing).join("\n");
      const every = renderTrace(trace, NAMES, 110, paintNothing, "all").join("\n");
      for (const sentence of folds) {
        const words = /^Folded: (.*)\. Press/.exec(sentence)![1]!;
        expect(folded).toContain(`▸ ${words}`);
        expect(every).not.toContain(words);
      }
      expect(every).toMatch(/◆ tab 1: credential accepted[^]*◆ tab 2: credential accepted/);
      expect(folded).toContain("◀");
      expect(folded).not.toContain("credential accepted");
      const notes = rows.filter(({ sentence }) => /EVENT \["note"/.test(sentence));
      expect(new Set(notes.map(({ lane }) => lane))).toEqual(new Set([0, 1]));
      const sent = rows.filter(({ sentence }) => sentence.includes("sendNote"));
      expect(sent.map(({ lane, sentence }) => [lane, sentence])).toEqual([
        [1, expect.stringContaining("Chrome 147 (tab 2) sends ")],
      ]);
    });
  });

  describe("heartbeats", () => {
    it("fold into one row, and unfold", async () => {
      const trace = await recordHeartbeats(4);
      const last = trace.steps.findLastIndex((step) => step.kind !== "frame" || !isBeat(step));
      const beats = trace.steps.length - 1 - last;
      expect(beats).toBeGreaterThan(3);
      const folded = layOut(side(trace), 700).rows.at(-1)!;
      expect([folded.fold?.isOpen, folded.steps.length]).toEqual([false, beats]);
      expect(folded.sentence).toBe(`Folded: ${beats} heartbeats. Press Enter to show them.`);
      const { rows } = layOut(side(trace), 700, { open: "all" });
      expect(rows.length).toBe(trace.steps.length);
    });
  });
}
