// Runs the lessons in this browser, from the first cell to the last, and says when it has: this is how a program drives any
// browser that can open an address. The program hears of each cell from the sandbox, which judges it.
import { html } from "lit-html";
import type { FilledCell } from "../../../scripts/model/cell.ts";
import type { LessonView } from "../../../scripts/model/protocol.ts";
import { runCells } from "../../../scripts/model/run-cells.ts";
import { FIRST_SWITCHES, switchesFor } from "../../../scripts/model/switches.ts";
import { fillCell } from "../lesson/cell-run.ts";
import type { Channel } from "../shell/channel.ts";
import { link } from "../shell/links.ts";
import type { Page, ViewOf } from "../shell/page.ts";

interface Row extends Pick<LessonView, "number" | "title"> {
  total: number;
  verdicts: FilledCell["verdict"][];
}

type View = ViewOf<"run">;

export const runPage: Page<View> = {
  title: "All lessons in this browser",
  open(shell) {
    const { store, channel } = shell;
    const own = shell.storeFor<{ rows: Row[]; problem: string | null }>({
      rows: [],
      problem: null,
    });
    let begun: View | undefined;

    function note(number: number, verdict: Row["verdicts"][number]): void {
      const add = (row: Row): Row => ({ ...row, verdicts: [...row.verdicts, verdict] });
      own.update({ rows: own.state.rows.map((row) => (row.number === number ? add(row) : row)) });
    }

    async function run({ lessons }: View): Promise<void> {
      const all = await Promise.all(
        lessons.map((number) => channel.call("lesson", number, FIRST_SWITCHES.variant)),
      );
      own.update({
        rows: all.map(({ number, title, attempts }) => {
          return { number, title, total: attempts.length, verdicts: [] };
        }),
      });
      for (const lesson of all)
        await runLesson(channel, lesson, ({ verdict }) => note(lesson.number, verdict));
    }

    return {
      async load() {
        const { connection, address } = store.state;
        const { view } = address;
        // Once: after the loss of the sandbox, the program that waited for the end is gone, too.
        if (view.page !== "run" || begun === view || connection !== "connected") return;
        begun = view;
        try {
          await run(view);
        } catch (error) {
          console.error(error);
          own.update({ problem: (error as Error).message.slice(0, 400) });
        }
        if (store.state.connection === "connected") await channel.call("ran", own.state.problem);
      },
      view: () =>
        html`<div class="list-page prose">
          <h1 tabindex="-1">All lessons in ${store.state.columns.browser}</h1>
          <ul>
            ${own.state.rows.map(
              (row) =>
                html`<li>
                  <a href=${link(store.state, { page: "lesson", number: row.number })}
                    >${row.number} ${row.title}</a
                  >: ${progressWords(row)}
                </li>`,
            )}
          </ul>
          <p role="status">${own.state.problem}</p>
        </div>`,
    };
  },
};

async function runLesson(
  channel: Channel,
  lesson: LessonView,
  onFilled: (cell: FilledCell) => void,
): Promise<void> {
  const { number, attempts, oneAtATime } = lesson;
  const switches = switchesFor({}, lesson);
  const cells = attempts.map(({ id: attempt }) => ({ attempt, client: "browser" as const }));
  await runCells(cells, oneAtATime, async ({ attempt, client }) => {
    onFilled(await fillCell(channel, client, { lesson: number, attempt, switches }));
  });
}

function progressWords({ total, verdicts }: Row): string {
  const surprises = verdicts.filter((verdict) => verdict === "surprise").length;
  const done = verdicts.length === total ? "" : `, ${total - verdicts.length} to run`;
  return `${verdicts.length - surprises} of ${total} match the lesson${done}`;
}
