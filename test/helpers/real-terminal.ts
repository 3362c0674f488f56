// A real terminal for tests: keys go in, and what a person would see can be read.
import { spawn } from "@lydell/node-pty";
// In CommonJS, without names that Node could find.
import headless from "@xterm/headless";
import { ROOT } from "../../scripts/lab/servers/variants.ts";

export interface Size {
  columns: number;
  rows: number;
}

export interface RealTerminal {
  /** The lines of the screen as they are now. */
  lines(): string[];
  /** Everything that was ever written to it. */
  written(): string;
  /** Resolves once the screen shows that; rejects if the program ends before. */
  shows(wanted: RegExp): Promise<void>;
  press(keys: string): void;
  resize(size: Size): void;
  /** Whether a program has taken the screen for itself. */
  isAlternate(): boolean;
  /** The exit code. */
  readonly ended: Promise<number>;
}

/** Runs one of the project's commands in a terminal of that size. */
export function openTerminal(
  args: readonly string[],
  { columns, rows }: Size,
  env: Record<string, string> = {},
): RealTerminal {
  const screen = new headless.Terminal({ cols: columns, rows, allowProposedApi: true });
  const { PATH = "", TMPDIR } = process.env;
  const child = spawn(process.execPath, ["scripts/run.mjs", ...args], {
    name: env["TERM"] ?? "xterm-256color",
    cols: columns,
    rows,
    cwd: ROOT,
    env: { PATH, ...(TMPDIR && { TMPDIR }), ...env },
  });
  let written = "";
  const watchers = new Set<() => void>();
  child.onData((text) => {
    written += text;
    screen.write(text, () => watchers.forEach((look) => look()));
  });
  // The screen draws later than it is given something, and in that order.
  const ended = new Promise<number>((resolve) =>
    child.onExit(({ exitCode }) => screen.write("", () => resolve(exitCode))),
  );
  const lines = (): string[] =>
    Array.from({ length: screen.rows }, (_, row) => {
      const line = screen.buffer.active.getLine(screen.buffer.active.viewportY + row);
      return line?.translateToString(true) ?? "";
    });

  async function shows(wanted: RegExp): Promise<void> {
    const isThere = (): boolean => wanted.test(lines().join("\n"));
    const seen = new Promise<void>((resolve) => {
      const look = (): void => {
        if (isThere()) resolve();
      };
      watchers.add(look);
      look();
    });
    await Promise.race([seen, ended]);
    if (!isThere()) throw new Error(`It ended, and the screen shows no ${wanted}:\n${written}`);
  }

  return {
    lines,
    written: () => written,
    shows,
    press: (keys) => child.write(keys),
    resize: (size) => {
      screen.resize(size.columns, size.rows);
      child.resize(size.columns, size.rows);
    },
    isAlternate: () => screen.buffer.active.type === "alternate",
    ended,
  };
}
