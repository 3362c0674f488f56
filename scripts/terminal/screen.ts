// The one place that touches the terminal of an open lesson: raw keys, the alternate screen, and drawing what has changed.
import { emitKeypressEvents, type Interface } from "node:readline";
import type { Key } from "./lesson/shortcuts.ts";

/** Where keys come from: standard input, or a stream in its place. */
interface KeyInput extends NodeJS.ReadableStream {
  isTTY?: boolean;
  setRawMode?: (isRaw: boolean) => unknown;
}

/** Where the screen is drawn: standard output, or a stream in its place. */
interface ScreenOutput extends NodeJS.WritableStream {
  columns?: number;
  rows?: number;
}

export interface Screen {
  size(): { width: number; height: number };
  draw(lines: readonly string[]): void;
  /** Gives the terminal back for a while, as for Ctrl-Z; `resume` takes it again. */
  suspend(): void;
  resume(): void;
  /** Gives the terminal back; nothing is drawn any more. */
  close(): void;
}

export interface ScreenEvents {
  onKey(key: Key): void;
  onResize(): void;
}

const ENTER = "\u001B[?1049h\u001B[?25l\u001B[?7l";
const LEAVE = "\u001B[?7h\u001B[?25h\u001B[?1049l";
const CLEAR = "\u001B[2J";
/** Before a line and not after it: the cursor stays on the last column of a full line. */
const CLEAR_LINE = "\u001B[2K";
/** Between these two a terminal that knows them shows nothing half drawn. */
const BEGIN_FRAME = "\u001B[?2026h";
const END_FRAME = "\u001B[?2026l";
/** How long to wait whether Esc was the beginning of another key. */
const ESCAPE_MS = 40;

/** Takes the terminal over. The caller closes it; if not, the end of the process does. */
export function openScreen(input: KeyInput, output: ScreenOutput, events: ScreenEvents): Screen {
  let drawn: readonly string[] = [];
  let isOpen = false;
  // Once it is given back, both are for somebody else: another screen, or the shell.
  const onKeypress = (_text: string | undefined, key: Key): void => {
    if (isOpen) events.onKey(key);
  };
  const onResize = (): void => {
    if (!isOpen) return;
    drawn = [];
    output.write(CLEAR);
    events.onResize();
  };
  const open = (): void => {
    isOpen = true;
    drawn = [];
    output.write(ENTER + CLEAR);
    input.setRawMode?.(true);
    input.resume();
  };
  const leave = (): void => {
    if (!isOpen) return;
    isOpen = false;
    input.setRawMode?.(false);
    output.write(LEAVE);
  };

  // readline reads nothing else from its interface here.
  emitKeypressEvents(input, { escapeCodeTimeout: ESCAPE_MS } as Partial<Interface> as Interface);
  input.on("keypress", onKeypress);
  output.on("resize", onResize);
  process.once("exit", leave);
  // Before a crash prints its stack.
  process.once("uncaughtExceptionMonitor", leave);
  open();

  return {
    size: () => ({ width: output.columns || 80, height: output.rows || 24 }),
    draw(lines) {
      if (!isOpen) return;
      const changes = lines.map((line, row) =>
        line === drawn[row] ? "" : `\u001B[${row + 1};1H${CLEAR_LINE}${line}`,
      );
      drawn = lines;
      output.write(BEGIN_FRAME + changes.join("") + END_FRAME);
    },
    suspend: leave,
    resume: open,
    close() {
      leave();
      input.off("keypress", onKeypress);
      output.off("resize", onResize);
      process.off("exit", leave);
      process.off("uncaughtExceptionMonitor", leave);
      input.pause();
    },
  };
}
