// A display that nobody sees: WebKitGTK has no headless form, and its windows must not cover a person's own.
import { ownProcess } from "../../lab/owned-process.ts";

interface Display {
  /** What a program needs in its environment to open windows there. */
  readonly env: NodeJS.ProcessEnv;
  close(): Promise<void>;
}

// It takes the first number that is free, and prints it when it is ready.
const ARGUMENTS = ["-displayfd", "1", "-screen", "0", "800x600x24", "-nolisten", "tcp"];
const STARTUP_TIMEOUT_MS = 20_000;

/**
 * Starts Xvfb and waits until it is ready.
 * @throws ProcessEndError (code PROCESS_ENDED)
 */
export async function openDisplay(
  program: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<Display> {
  const xvfb = ownProcess("Xvfb", [program, ...ARGUMENTS], { env, signal, hasOwnGroup: true });
  const [number] = await xvfb.printed(/^\d+$/, "it was ready", STARTUP_TIMEOUT_MS);
  const { WAYLAND_DISPLAY: _, ...rest } = env;
  return {
    env: { ...rest, DISPLAY: `:${number}`, GDK_BACKEND: "x11" },
    close: () => xvfb.stop("SIGKILL"),
  };
}
