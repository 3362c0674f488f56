// The token bench on the screen: the token of the page's switch is judged when it comes, and again when its time comes.
import { loadStyle } from "../shell/late-style.ts";
import type { OpenPage } from "../shell/page.ts";
import type { Shell } from "../shell/shell.ts";
import { createBenchActions } from "./bench-actions.ts";
import { startClock } from "./bench-clock.ts";
import { judgeToken } from "./bench-load.ts";
import { FIRST_BENCH } from "./bench-state.ts";
import { benchView } from "./bench-view.ts";

await loadStyle("bench");

export function openBench(shell: Shell): OpenPage {
  const bench = shell.storeFor(FIRST_BENCH);
  const actions = createBenchActions(shell, bench);
  const judge = (): Promise<void> => judgeToken(shell, bench);
  let stopClock: (() => void) | undefined;
  return {
    view: () => benchView({ state: shell.store.state, bench: bench.state, actions }),
    enter() {
      stopClock = startClock(bench, () => void judge());
    },
    leave: () => stopClock?.(),
    rendered: showMarked,
    load: judge,
    flipped: judge,
    run: judge,
    keys: () => [
      { key: "k", label: "k K", does: "next / previous token", act: () => actions.step(1) },
      { key: "K", act: () => actions.step(-1) },
      { key: "r", does: "judge the token again", act: () => void judge() },
    ],
  };
}

/** Scrolls a long token to what is marked in it, and not the page. */
function showMarked(): void {
  const box = document.querySelector(".encoded");
  const mark = box?.querySelector("mark");
  if (!box || !mark) return;
  const [outer, inner] = [box.getBoundingClientRect(), mark.getBoundingClientRect()];
  if (inner.top < outer.top || inner.bottom > outer.bottom)
    box.scrollTop += inner.top - outer.top - outer.height / 3;
}
