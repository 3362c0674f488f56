// `npm run sandbox`: serves the sandbox page until it is stopped.
import { explainPort, readFlags, readPort, readPublicOrigin } from "./command/arguments.ts";
import { runCommand } from "./command/run-command.ts";
import { openInBrowser } from "./terminal/browser-window.ts";
import { endInGoodOrder } from "./command/ending.ts";
import { describeCrash } from "./lab/servers/crash.ts";

const HELP = `Usage: npm run sandbox [-- --port 4000] [-- --open] [-- --public-origin URL]

Serves the sandbox page and prints its address. Open it in the browser you want
to see. The address holds a key that works once, for one browser; then another
address is printed. With a key, anyone on this machine can run attempts.

  --port N    the page's port (default: that of last time, at first 17519)
  --open      the page in your browser, at once
  --public-origin https://name.example
              the origin in your browser, if a forwarder or a proxy is in
              between; without it, the page works only at this machine's own
              address
  -h, --help  this text

Ctrl-C stops it. A page that is still open continues when the sandbox runs
again within a week. For that, .sandbox/address.json stores the port and hashes;
remove the file, and every page needs a new key.`;

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
    loadSuite: async () => (await import("./conformance/exercise-suite.ts")).EXERCISE_SUITE,
    onCrash: (crash) => console.error(describeCrash(crash)),
    onMistake: (error) => console.error(error),
    onRemark: remark,
    onAddressUsed: () => tellAddress("That address has been used. For another browser:"),
  });
  stop = async () => (await opening).close();
  const sandbox = await opening.catch((error: unknown) => {
    throw explainPort(error, port);
  });
  tellAddress = (words) => console.log(`${words} ${sandbox.address("/")}`);
  tellAddress("The sandbox is at");
  console.log("Ctrl-C stops it.");
  if (shouldOpen) await openInBrowser(sandbox.newAddress("/"), remark);
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
