// `npm run sandbox`: serves the sandbox page until it is stopped.
import { ArgumentsError, readFlags, readPort, readPublicOrigin } from "./command/arguments.ts";
import { runCommand } from "./command/run-command.ts";
import { openInBrowser } from "./terminal/browser-window.ts";
import { endInGoodOrder } from "./command/ending.ts";
import { describeCrash } from "./lab/servers/crash.ts";

const HELP = `Usage: npm run sandbox [-- --port 4000] [-- --open] [-- --public-origin URL]

Serves the sandbox page and prints its address. Open it in the browser you want
to see. The address holds a key that works once; when it has been used, another
address is printed. Who has a key can run attempts on this machine.

  --port N    the page's port (default: that of last time, or a free one)
  --open      the page in your browser, at once
  --public-origin https://name.example
              where your browser reaches the page through a forwarder or a proxy;
              without it the page works only at this machine's own address
  -h, --help  this text

Ctrl-C stops it. A page that is still open goes on when the sandbox runs again
within a week: the port, and what proves such a page, are kept in
.sandbox/address.json. Remove that file to let in no page of before.`;

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
const remark = (sentence: string): void => console.error(sentence);
let tellAddress: (words: string) => void = () => undefined;

async function serve({ port, publicOrigin, shouldOpen }: Wish): Promise<void> {
  const { reopenSandbox } = await import("./sandbox/reopen.ts");
  const opening = reopenSandbox({
    ...(port === undefined ? {} : { port }),
    publicOrigin,
    onCrash: (crash) => console.error(describeCrash(crash)),
    onMistake: (error) => console.error(error),
    onRemark: remark,
    onAddressUsed: () => tellAddress("That address has been used. Another browser opens"),
  });
  stop = async () => (await opening).close();
  const sandbox = await opening.catch((error: NodeJS.ErrnoException) => explain(error, port));
  tellAddress = (words) => console.log(`${words} ${sandbox.address("/")}`);
  tellAddress("The sandbox is at");
  console.log("Ctrl-C stops it.");
  if (shouldOpen) await openInBrowser(sandbox.newAddress("/"), remark);
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
