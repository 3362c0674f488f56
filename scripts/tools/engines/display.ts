// A display that nobody sees: WebKitGTK has no headless form, and its windows shall not cover a person's own.
import { createInterface } from "node:readline";
import { BrowserError } from "../../lab/browser/dev-tools.ts";
import { type OwnedProcess, ownProcess, whileAlive } from "./owned-process.ts";

export interface Display {
  /** What a program needs in its environment to open windows there. */
  readonly env: NodeJS.ProcessEnv;
  close(): Promise<void>;
}

// It takes the first number that is free, and prints it when it is ready.
const ARGUMENTS = ["-displayfd", "1", "-screen", "0", "800x600x24", "-nolisten", "tcp"];

/**
 * Starts Xvfb and waits until it is ready.
 * @throws BrowserError (code BROWSER_FAILED)
 */
export async function openDisplay(
  program: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<Display> {
  const xvfb = ownProcess(program, "Xvfb", { args: ARGUMENTS, env, signal });
  const number = await whileAlive(xvfb, firstLine(xvfb));
  const { WAYLAND_DISPLAY: _, ...rest } = env;
  return {
    env: { ...rest, DISPLAY: `:${number}`, GDK_BACKEND: "x11" },
    close: () => xvfb.stop(),
  };
}

async function firstLine({ stdout, ended }: OwnedProcess): Promise<string> {
  for await (const line of createInterface(stdout)) return line.trim();
  throw new BrowserError(await ended);
}
