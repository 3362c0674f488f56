// The trace on the screen: reads what is new whenever the sandbox says so, and shows one client's wire.
import { CallError } from "../shell/channel.ts";
import { loadStyle } from "../shell/late-style.ts";
import type { OpenPage } from "../shell/page.ts";
import type { Shell } from "../shell/shell.ts";
import { MOST_STEPS_OF_CLIENT } from "../../../scripts/model/follow/board.ts";
import { chosenRow, FIRST_TRACE, type Only, questionOf, withNews } from "./trace-state.ts";
import { traceView } from "./trace-view.ts";

await loadStyle("trace");

export interface TraceActions {
  filter(only: Only): void;
  choose(number: number): void;
  close(): void;
  /** The latest steps of the chosen client in place of those that are shown. */
  showLatest(): void;
}

export function openTrace(shell: Shell): OpenPage {
  const { store, channel } = shell;
  const trace = shell.storeFor(FIRST_TRACE);
  let reading: Promise<void> | undefined;

  async function read(): Promise<void> {
    let isMore = true;
    while (isMore) {
      const asked = questionOf(trace.state);
      const before = trace.state;
      const news = await channel.call("trace", asked);
      trace.update(withNews(trace.state, asked, news));
      announce(before.sum?.troubles.length ?? 0);
      // Steps come in parts; and somebody may have chosen another client meanwhile.
      isMore = trace.state.chosen !== before.chosen;
    }
  }

  function announce(known: number): void {
    const { sum, isOver } = trace.state;
    const latest = sum?.troubles.slice(known).at(-1)?.sentence;
    if (latest !== undefined) store.update({ announcement: `Trouble: ${latest}` });
    else if (isOver) store.update({ announcement: "The trace has ended." });
  }

  /** One after the other: an answer adds to the one before. */
  async function load(): Promise<void> {
    if (store.state.trace === null) return;
    const before = reading;
    const own = (async () => {
      await before;
      await read();
    })();
    reading = own.catch(() => undefined);
    try {
      await own;
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      // Lost: asked again as soon as the sandbox is back.
      if (error.code === "REFUSED") store.update({ notice: error.message });
    }
  }

  function choose(number: number | undefined, before = 0): void {
    trace.update({
      chosen: number === undefined ? undefined : { number, before, steps: [], isRead: false },
    });
    if (number === undefined) return;
    void load();
    // Where there is room for one of them only, the list has gone.
    queueMicrotask(() => {
      const isListThere = document.querySelector(".client-list")!.getClientRects().length > 0;
      if (!isListThere) document.querySelector<HTMLElement>("#client-title")?.focus();
    });
  }

  const actions: TraceActions = {
    filter: (only) => trace.update({ only }),
    choose,
    close() {
      const { number } = trace.state.chosen ?? {};
      choose(undefined);
      // The list is there again only now.
      queueMicrotask(() =>
        document.querySelector<HTMLElement>(`input[name="client"][value="${number}"]`)?.focus(),
      );
    },
    showLatest() {
      const { number, count } = chosenRow(trace.state)!;
      choose(number, Math.max(0, count - MOST_STEPS_OF_CLIENT));
    },
  };
  channel.whenTraced(load);
  return {
    view: () => traceView({ state: store.state, trace: trace.state, actions }),
    load,
    keys: () => [
      {
        key: "Escape",
        label: "Esc",
        does: "close the client",
        act: () => (trace.state.chosen === undefined ? false : actions.close()),
      },
    ],
  };
}
