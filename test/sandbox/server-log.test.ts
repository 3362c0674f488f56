// What servers print is stored for pages that open later, and no page shows a line twice.
import { describe, expect, it } from "vitest";
import { listenTo } from "../../public/page/shell/server-news.ts";
import { createStore, firstState } from "../../public/page/shell/state.ts";
import { MOST_LOG_LINES, type LogEntry } from "../../scripts/model/protocol.ts";
import { openServerLog } from "../../scripts/sandbox/server-log.ts";

const SERVER = {
  variant: "cjs",
  auth: "manual",
  serverTransports: ["polling", "websocket"],
} as const;
const CHOICE = { ...SERVER, serverTransports: [...SERVER.serverTransports] };

function read(entries: readonly LogEntry[]): string[] {
  return entries.map(({ line, isCrash }) => (isCrash ? `crash: ${line}` : line));
}

describe("the log of the servers", () => {
  it("tells each line as it comes, marks the sentence about a crash, and keeps all", () => {
    const told: LogEntry[] = [];
    const log = openServerLog((entry) => told.push(entry));
    log.line("a line", CHOICE);
    log.crash({ sentence: "It ended (1).", printed: ["TypeError: no"] }, CHOICE);
    expect(read(told)).toEqual(["a line", "crash: It ended (1).", "TypeError: no"]);
    expect(log.entries()).toEqual(told);
    expect(told[0]?.server).toBe("cjs · manual · polling+websocket");
  });

  it("shows no token, sid or password that a server has printed", () => {
    const log = openServerLog(() => undefined);
    const token = `eyJhbGciOiJIUzI1NiJ9.eyJkYXRhIjp7fX0.${"s".repeat(37)}abcdef`;
    log.line(`GET /socket.io/?EIO=4&token=${token}&sid=QmlKkzMl0000uFTLAAAA`, CHOICE);
    log.crash({ sentence: "It ended (1).", printed: [`{"token":"${token}"}`] }, CHOICE);
    expect(read(log.entries())).toEqual([
      "GET /socket.io/?EIO=4&token=…abcdef&sid=…TLAAAA",
      "crash: It ended (1).",
      '{"token":"…abcdef"}',
    ]);
  });

  it("repeats at a crash no line that it has sent already", () => {
    const log = openServerLog(() => undefined);
    log.line("a line", CHOICE);
    log.crash({ sentence: "It ended (SIGKILL).", printed: ["a line"] }, CHOICE);
    expect(read(log.entries())).toEqual(["a line", "crash: It ended (SIGKILL)."]);
  });

  it("keeps no more than a page does", () => {
    const log = openServerLog(() => undefined);
    for (let line = 0; line <= MOST_LOG_LINES; line += 1) log.line(String(line), CHOICE);
    expect(log.entries()).toHaveLength(MOST_LOG_LINES);
    expect(log.entries().at(-1)?.line).toBe(String(MOST_LOG_LINES));
  });

  it("is read once by a page that comes back, and an old crash is not announced", () => {
    const log = openServerLog(() => undefined);
    const store = createStore(firstState("Chrome 147", true));
    const page = listenTo(store, { onConnected: () => undefined, onRefused: () => undefined });
    log.line("one", CHOICE);
    log.crash({ sentence: "It ended (1).", printed: [] }, CHOICE);
    page.earlierLog(log.entries());
    expect(store.state.announcement).toBe("");
    log.line("two", CHOICE);
    page.earlierLog(log.entries());
    expect(read(store.state.log)).toEqual(["one", "crash: It ended (1).", "two"]);
  });
});
