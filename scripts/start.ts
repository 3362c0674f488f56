// `npm start`: one variant in the foreground, with the guide's client page at `/`; or several servers behind one address.
import { constants } from "node:os";
import { choose, explainPort, readPort } from "./command/arguments.ts";
import { onceOrphaned } from "./command/ending.ts";
import { runCommand } from "./command/run-command.ts";
import { readStartArguments, START_HELP, type StartRequest } from "./command/start-options.ts";
import { ownProcess } from "./lab/owned-process.ts";
import { type BalancedNodes, openBalancedNodes } from "./lab/servers/balanced.ts";
import { ADAPTERS } from "./lab/servers/nodes.ts";
import { startArguments } from "./lab/servers/variants.ts";
import { AUTH_MODES, TRANSPORTS } from "./model/vocabulary.ts";

async function start(): Promise<void> {
  const request = readStartArguments(process.argv.slice(2), process.env);
  if (request === undefined) return console.log(START_HELP);
  const { variant, settings, nodes } = request;
  // Only costs time: the variant makes no connections to other machines.
  const { NODE_EXTRA_CA_CERTS: _, ...inherited } = process.env;
  const env = { ...inherited, ...settings };
  const { AUTH = AUTH_MODES[0], TRANSPORTS: transports = TRANSPORTS.join() } = env;
  const what =
    nodes === 1 ? `the ${variant} variant` : `${nodes} servers of the ${variant} variant`;
  console.log(`Starting ${what} (auth ${AUTH}, transports ${transports}); Ctrl-C stops it.`);
  await (nodes === 1 ? startOne(request, env) : startSeveral(request, env));
}

function onceAskedToStop(stop: () => void): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  onceOrphaned(stop);
}

async function startOne({ variant, flags }: StartRequest, env: NodeJS.ProcessEnv): Promise<void> {
  const command = [process.execPath, ...startArguments(variant)] as const;
  const server = ownProcess(`The ${variant} variant`, command, { env, stdio: "inherit" });
  // At Ctrl-C a terminal signals the variant as well; being asked twice does it no harm.
  onceAskedToStop(() => void server.stop());
  const { reason } = await server.ended;
  // The variant names the setting that is wrong, and the person may have typed a flag.
  if (reason === 1 && flags.length > 0) console.error(`With npm start, ${flags.join(", ")}.`);
  // A shell's own way to say which signal ended a process.
  process.exit(
    typeof reason === "number" ? reason : 128 + (constants.signals[reason as NodeJS.Signals] ?? 0),
  );
}

async function startSeveral(
  { variant, nodes }: StartRequest,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const port = readPort(env["PORT"] ?? "3000");
  const more = {
    ...(env as Record<string, string>),
    PORT: "0",
    HOST: "127.0.0.1",
    ADAPTER: choose("adapter", env["ADAPTER"] ?? "cluster", ADAPTERS),
    REDIS_URL: env["REDIS_URL"] ?? "redis://127.0.0.1:6379",
  };
  const end = async (): Promise<void> => {
    await opened?.stop();
    process.exit(0);
  };
  let opened: BalancedNodes | undefined;
  onceAskedToStop(() => void end());
  opened = await openBalancedNodes({
    variant,
    count: nodes,
    settings: { more },
    host: env["HOST"] ?? "127.0.0.1",
    port,
    hasOwnGroup: true,
    onStart: ({ pid, lastLines, output }, number) => {
      const print = (line: string): void =>
        console.log(`server ${number} (process ${pid}): ${line}`);
      // This command prints, once, what prevents them from starting.
      lastLines.forEach(print);
      output.on("line", print);
    },
    onNews: (sentence) => console.log(sentence),
  }).catch((error: unknown) => {
    throw explainPort(error, port);
  });
  if (env["JWT_SECRET"] === undefined)
    console.log(
      "JWT_SECRET is not set: these servers share a random one, and their tokens end with them.",
    );
  console.log(`listening on ${opened.origin}`);
}

await runCommand(start);
