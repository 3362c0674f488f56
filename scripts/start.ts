// `npm start`: one variant by itself in the foreground, with the guide's client page at `/`.
import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";
import { runCommand } from "./command/run-command.ts";
import { readStartArguments, START_HELP } from "./command/start-options.ts";
import { startArguments } from "./lab/servers/variants.ts";
import { AUTH_MODES, TRANSPORTS } from "./model/vocabulary.ts";

const STOP_TIMEOUT_MS = 3_000;
const ORPHAN_CHECK_MS = 250;

/** The variant stops with this process: on Ctrl-C, when it is asked to, and when its terminal or npm has gone. */
function stopWithThisProcess(child: ChildProcess): void {
  const stop = (): void => {
    // At Ctrl-C a terminal signals the variant as well; being asked twice does it no harm.
    child.kill("SIGTERM");
    setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS).unref();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  process.once("exit", () => child.kill("SIGKILL"));
  if (process.env["npm_lifecycle_event"] !== undefined) onceOrphaned(stop);
}

/** npm 11 hands a signal to the shell it started, which ends without telling us: we only get another parent. */
function onceOrphaned(stop: () => void): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, ORPHAN_CHECK_MS);
}

async function start(): Promise<void> {
  const request = readStartArguments(process.argv.slice(2), process.env);
  if (request === undefined) return console.log(START_HELP);
  const { variant, settings, flags } = request;
  // Only costs time: the variant makes no connections to other machines.
  const { NODE_EXTRA_CA_CERTS: _, ...inherited } = process.env;
  const env = { ...inherited, ...settings };
  const { AUTH = AUTH_MODES[0], TRANSPORTS: transports = TRANSPORTS.join() } = env;
  console.log(
    `Starting the ${variant} variant (auth ${AUTH}, transports ${transports}); Ctrl-C stops it.`,
  );

  const child = spawn(process.execPath, startArguments(variant), { env, stdio: "inherit" });
  stopWithThisProcess(child);
  child.once("close", (code, signal) => {
    // The variant names the setting that is wrong, and the person may have typed a flag.
    if (code === 1 && flags.length > 0) console.error(`With npm start, ${flags.join(", ")}.`);
    // A shell's own way to say which signal ended a process.
    process.exit(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
  });
}

await runCommand(start);
