// `npm run sandbox`: serves the sandbox page until it is stopped.
import { parseArgs } from "node:util";
import type { Sandbox } from "./lab/sandbox.ts";

const HELP = `Usage: npm run sandbox [-- --port 4000]

Starts the sandbox page and prints its address. Open it in the browser you want to see.
The address holds a key for this run; whoever has it can run attempts on this machine.

  --port N    the page's port (default: any free one)
  --help      this text

Ctrl-C stops it.`;

function readPort(): number | undefined {
  const { values } = parseArgs({
    options: { port: { type: "string", default: "0" }, help: { type: "boolean", short: "h" } },
  });
  if (values.help) return undefined;
  if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535)
    throw new Error(`--port must be a whole number from 0 to 65535, got "${values.port}".`);
  return Number(values.port);
}

async function serve(port: number): Promise<void> {
  const { openSandbox } = await import("./lab/sandbox.ts");
  const sandbox = await openSandbox({
    port,
    onCrash: (message) => console.error(message),
    onMistake: (error) => console.error(error),
  });
  console.log(`The sandbox is at ${sandbox.address("/")}`);
  console.log("Ctrl-C stops it.");
  stopOnSignals(sandbox);
}

function stopOnSignals(sandbox: Sandbox): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
  }
}

/** A mistake of the person is one sentence; a bug keeps its stack. */
function explain(error: unknown, port: number | undefined): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE") return `Port ${port} is in use: choose another with --port.`;
  if (code === "EACCES")
    return `Port ${port} needs more rights: choose one above 1023 with --port.`;
  return code === undefined && !(error instanceof Error && error.constructor === Error)
    ? error
    : message;
}

let port: number | undefined;
try {
  port = readPort();
  if (port === undefined) console.log(HELP);
  else await serve(port);
} catch (error) {
  console.error(explain(error, port));
  process.exitCode = 1;
}
