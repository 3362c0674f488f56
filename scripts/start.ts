// `npm start`: one variant by itself in the foreground, with the guide's client page at `/`.
import { constants } from "node:os";
import { onceOrphaned } from "./command/ending.ts";
import { runCommand } from "./command/run-command.ts";
import { readStartArguments, START_HELP } from "./command/start-options.ts";
import { ownProcess } from "./lab/owned-process.ts";
import { startArguments } from "./lab/servers/variants.ts";
import { AUTH_MODES, TRANSPORTS } from "./model/vocabulary.ts";

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

  const command = [process.execPath, ...startArguments(variant)] as const;
  const server = ownProcess(`The ${variant} variant`, command, { env, stdio: "inherit" });
  // At Ctrl-C a terminal signals the variant as well; being asked twice does it no harm.
  const stop = (): void => void server.stop();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  onceOrphaned(stop);
  const { reason } = await server.ended;
  // The variant names the setting that is wrong, and the person may have typed a flag.
  if (reason === 1 && flags.length > 0) console.error(`With npm start, ${flags.join(", ")}.`);
  // A shell's own way to say which signal ended a process.
  process.exit(
    typeof reason === "number" ? reason : 128 + (constants.signals[reason as NodeJS.Signals] ?? 0),
  );
}

await runCommand(start);
