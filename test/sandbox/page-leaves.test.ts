// A page that goes away in the middle of a lesson holds up nobody: neither what it has begun, nor what still waits for its turn.
import type { Socket } from "socket.io-client";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readLesson } from "../../scripts/lab/lessons/files.ts";
import { openSandbox, type Sandbox } from "../../scripts/sandbox/sandbox.ts";
import { switchesFor } from "../../scripts/model/switches.ts";
import { enter } from "../helpers/control-page.ts";

const lesson = await readLesson(5);
const switches = switchesFor({}, lesson);

let sandbox: Sandbox;
const mistakes: unknown[] = [];
const pages: Socket[] = [];
beforeAll(async () => {
  sandbox = await openSandbox({ startsAhead: false, onMistake: (error) => mistakes.push(error) });
});
afterAll(async () => {
  for (const page of pages) page.close();
  await sandbox.close();
});

async function openPage(): Promise<Socket> {
  const page = await enter(sandbox);
  pages.push(page);
  return page;
}

it("leaves the server free for the next page", async () => {
  const [first, second] = lesson.attempts.map(({ id }) => ({ lesson: 5, attempt: id, switches }));
  const gone = await openPage();
  const { answer } = await gone.emitWithAck("prepare", first);
  expect(answer.task.acts[0].do).toBe("connect");
  // Of two attempts that see each other, this one waits for the one before it.
  gone.emit("prepare", second, () => undefined);
  gone.emit("lessons", () => gone.close());

  const next = await openPage();
  const { answer: filled } = await next.emitWithAck("runNode", first);
  expect(filled).toMatchObject({ verdict: "as expected", differences: [] });
  expect(mistakes).toEqual([]);
});
