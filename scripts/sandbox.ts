// `npm run sandbox`: serves the sandbox page until it is stopped.
import { parseArgs } from "node:util";
import { openInBrowser } from "./lab/terminal/browser-window.ts";
import { endInGoodOrder } from "./lab/terminal/ending.ts";

const HELP = `Usage: npm run sandbox [-- --port 4000] [-- --open]

Serves the sandbox page and prints its address. Open it in the browser you want
to see. The address holds a key; whoever has it can run attempts on this machine.

  --port N    the page's port (default: that of last time, or a free one)
  --open      the page in your browser, at once
  -h, --help  this text

Ctrl-C stops it. A page that is still open comes back by itself when the
sandbox runs again: address and key are kept in .sandbox/address.json, which
only you can read. Remove that file to get another key.`;

/** What was typed cannot be done; the message says what can. */
class OptionError extends Error {
  readonly code = "BAD_OPTION";
}

interface Options {
  port: number | undefined;
  open: boolean;
  help: boolean;
}

function readOptions(): Options {
  const flag = { type: "boolean", default: false } as const;
  const options = { port: { type: "string" }, open: flag, help: { ...flag, short: "h" } } as const;
  try {
    const { port, open, help } = parseArgs({ options }).values;
    return { port: port === undefined ? undefined : readPort(port), open, help };
  } catch (error) {
    if (error instanceof OptionError) throw error;
    throw new OptionError("npm run sandbox takes --port, --open and --help.");
  }
}

function readPort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new OptionError(`--port must be a whole number from 0 to 65535, got "${text}".`);
}

let stop = (): Promise<void> => Promise.resolve();

async function serve({ port, open }: Options): Promise<void> {
  endInGoodOrder(() => stop());
  const { reopenSandbox } = await import("./lab/sandbox/reopen.ts");
  const opening = reopenSandbox({
    ...(port === undefined ? {} : { port }),
    onCrash: (message) => console.error(message),
    onMistake: (error) => console.error(error),
  });
  stop = async () => (await opening).close();
  const sandbox = await opening;
  console.log(`The sandbox is at ${sandbox.address("/")}`);
  console.log("Ctrl-C stops it.");
  if (open) await openInBrowser(sandbox.address("/"), (sentence) => console.error(sentence));
}

/** A mistake of the person is one sentence; a bug keeps its stack. */
function explain(error: unknown, port: number | undefined): void {
  const { code, message } = error as NodeJS.ErrnoException;
  const sentences: Record<string, string> = {
    BAD_OPTION: message,
    EADDRINUSE: `Port ${port} is in use: choose another with --port.`,
    EACCES: `Port ${port} needs more rights: choose one above 1023 with --port.`,
  };
  const sentence = sentences[code ?? ""];
  if (sentence === undefined) throw error;
  console.error(sentence);
  process.exitCode = 1;
}

let options: Options | undefined;
try {
  options = readOptions();
  if (options.help) console.log(HELP);
  else await serve(options);
} catch (error) {
  explain(error, options?.port);
}
