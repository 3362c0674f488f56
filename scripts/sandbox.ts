// `npm run sandbox`: serves the sandbox page until it is stopped.
import { ArgumentsError, readFlags, readPort, readPublicOrigin } from "./command/arguments.ts";
import { runCommand } from "./command/run-command.ts";
import { openInBrowser } from "./terminal/browser-window.ts";
import { endInGoodOrder } from "./command/ending.ts";
import { describeCrash } from "./lab/servers/crash.ts";

const HELP = `Usage: npm run sandbox [-- --port 4000] [-- --open] [-- --public-origin URL]

Serves the sandbox page and prints its address. Open it in the browser you want
to see. The address holds a key; whoever has it can run attempts on this machine.

  --port N    the page's port (default: that of last time, or a free one)
  --open      the page in your browser, at once
  --public-origin https://name.example
              where your browser reaches the page through a forwarder or a proxy;
              without it the page works only at this machine's own address
  -h, --help  this text

Ctrl-C stops it. A page that is still open comes back by itself when the
sandbox runs again: address and key are kept in .sandbox/address.json, which
only you can read. Remove that file to get another key.`;

const FLAGS = {
  port: { type: "string" },
  open: { type: "boolean" },
  "public-origin": { type: "string" },
} as const;

interface Wish {
  port: number | undefined;
  publicOrigin: string | undefined;
  shouldOpen: boolean;
}

let stop = (): Promise<void> => Promise.resolve();

async function serve({ port, publicOrigin, shouldOpen }: Wish): Promise<void> {
  const { reopenSandbox } = await import("./sandbox/reopen.ts");
  const opening = reopenSandbox({
    ...(port === undefined ? {} : { port }),
    publicOrigin,
    onCrash: (crash) => console.error(describeCrash(crash)),
    onMistake: (error) => console.error(error),
    onRemark: (sentence) => console.error(sentence),
  });
  stop = async () => (await opening).close();
  const sandbox = await opening.catch((error: NodeJS.ErrnoException) => explain(error, port));
  console.log(`The sandbox is at ${sandbox.address("/")}`);
  console.log("Ctrl-C stops it.");
  if (shouldOpen) await openInBrowser(sandbox.address("/"), (sentence) => console.error(sentence));
}

function explain(error: NodeJS.ErrnoException, port: number | undefined): never {
  const sentences: Record<string, string> = {
    EADDRINUSE: `Port ${port} is in use: choose another with --port.`,
    EACCES: `Port ${port} needs more rights: choose one above 1023 with --port.`,
  };
  const sentence = sentences[error.code ?? ""];
  throw sentence === undefined ? error : new ArgumentsError(sentence);
}

const ending = endInGoodOrder(() => stop());
await runCommand(async () => {
  const given = readFlags("npm run sandbox", FLAGS);
  const { port, open: shouldOpen = false, help, "public-origin": origin } = given;
  if (help) return console.log(HELP);
  await serve({
    port: port === undefined ? undefined : readPort(port),
    publicOrigin: origin === undefined ? undefined : readPublicOrigin(origin),
    shouldOpen,
  });
}, ending);
