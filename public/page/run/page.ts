// Runs lessons in this browser and says when it has: so a program drives any browser that can open an address. It hears of
// each cell from the sandbox, which judges them.
import { html } from "lit-html";
import type { LessonView } from "../../../scripts/model/protocol.ts";
import { runCells } from "../../../scripts/model/run-cells.ts";
import { FIRST_SWITCHES, switchesFor } from "../../../scripts/model/switches.ts";
import { fillCell } from "../lesson/cell-run.ts";
import type { Channel } from "../shell/channel.ts";
import type { Page, ViewOf } from "../shell/page.ts";

type View = ViewOf<"run">;

export const runPage: Page<View> = {
  title: "Lessons in this browser",
  open({ store, channel, storeFor }) {
    const own = storeFor({ words: "Loading the lessons…" });
    let begun: View | undefined;

    async function run(numbers: readonly number[]): Promise<void> {
      const lessons = await Promise.all(
        numbers.map((number) => channel.call("lesson", number, FIRST_SWITCHES.variant)),
      );
      const total = lessons.reduce((sum, { attempts }) => sum + attempts.length, 0);
      let done = 0;
      for (const lesson of lessons)
        await runLesson(channel, lesson, () => {
          done += 1;
          own.update({ words: `${done} of ${total} attempts done.` });
        });
    }

    return {
      async load() {
        const { connection, address } = store.state;
        const { view } = address;
        // Once: after the loss of the sandbox, the program that waited for the end is gone, too.
        if (view.page !== "run" || begun === view || connection !== "connected") return;
        begun = view;
        let problem: string | null = null;
        try {
          await run(view.lessons);
        } catch (error) {
          console.error(error);
          problem = (error as Error).message.slice(0, 400);
          own.update({ words: problem });
        }
        if (store.state.connection === "connected") await channel.call("ran", problem);
      },
      view: () =>
        html`<div class="list-page">
          <h1 tabindex="-1">The lessons in ${store.state.columns.browser}</h1>
          <p>${own.state.words}</p>
        </div>`,
    };
  },
};

async function runLesson(
  channel: Channel,
  lesson: LessonView,
  onFilled: () => void,
): Promise<void> {
  const { number, attempts, oneAtATime } = lesson;
  const switches = switchesFor({}, lesson);
  const cells = attempts.map(({ id: attempt }) => ({ attempt, client: "browser" as const }));
  await runCells(cells, oneAtATime, async ({ attempt, client }) => {
    await fillCell(channel, client, { lesson: number, attempt, switches });
    onFilled();
  });
}
