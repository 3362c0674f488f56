// What a person can do on every page; the frame and the keys call these and nothing else.
import { CallError } from "./channel.ts";
import { type Chosen, flip, type SwitchName, whatToRun } from "../../../scripts/model/switches.ts";
import { keyIn } from "./key.ts";
import { openKeySheet } from "./shortcut-sheet.ts";
import type { Navigation } from "./navigation.ts";
import type { Shell } from "./shell.ts";
import { AUTH_MODES } from "../../../scripts/model/vocabulary.ts";
import { currentSwitches } from "./state.ts";
import { readTyped } from "./typed-token.ts";

export interface Actions {
  choose(change: Chosen): void;
  /** Sets the token to a text, cleaned of what is around it; says why, if it cannot be sent. */
  chooseTyped(text: string): void;
  /** Sets a switch to its next value. @param step -1 for the token before */
  flip(name: SwitchName, step?: 1 | -1): void;
  /** Back to what the lesson starts with. */
  resetSwitches(): void;
  toggleSwitches(): void;
  toggleLog(): void;
  openKeys(): void;
  /** Ends the servers of what is on the screen, and runs it again; that starts them again. */
  restart(): void;
  /** Goes to the first lesson. @returns false if the lessons are not known yet */
  goToFirstLesson(): boolean;
  /** @param text the address that the terminal printed, or only the key */
  unlock(text: string): void;
  dismissNotice(): void;
}

export function createActions(shell: Shell, { page }: Navigation): Actions {
  const { store, channel, choose } = shell;

  async function restart(): Promise<void> {
    try {
      const { view } = store.state.address;
      const lesson = view.page === "lesson" ? view.number : undefined;
      const switches = currentSwitches(store.state);
      const modes = view.page === "bench" ? AUTH_MODES : [switches.auth];
      await Promise.all(
        modes.map((auth) => channel.call("restart", { lesson, switches: { ...switches, auth } })),
      );
      if (page()?.run !== undefined) await page()?.run?.();
      else store.update({ notice: "Demo server stopped; the next run starts it again." });
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      store.update({ notice: error.message });
    }
  }

  return {
    choose,
    chooseTyped(typed) {
      const read = readTyped(typed);
      if ("token" in read) choose({ token: { text: read.token } });
      else store.update({ notice: read.problem });
    },
    flip(name, step = 1) {
      const before = currentSwitches(store.state);
      const { change, reason } = flip(name, before, store.state.rules, step);
      if (whatToRun(before, { ...before, ...change }) !== "nothing") return choose(change);
      store.update({ notice: reason });
    },
    resetSwitches: () => shell.show({ chosen: {} }),
    toggleSwitches: () => store.update({ areSwitchesOpen: !store.state.areSwitchesOpen }),
    toggleLog: () => store.update({ isLogOpen: !store.state.isLogOpen }),
    openKeys: openKeySheet,
    restart: () => void restart(),
    goToFirstLesson() {
      const [first] = store.state.lessons ?? [];
      if (first !== undefined) shell.go({ page: "lesson", number: first.number });
      return first !== undefined;
    },
    unlock(text) {
      const key = keyIn(text) ?? text.trim();
      store.update({ connection: "connecting", refusal: undefined });
      channel.useKey(key);
    },
    dismissNotice: () => store.update({ notice: undefined }),
  };
}
