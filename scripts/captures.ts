// `npm run captures`: takes the pictures of the sandbox page that the README shows, and others to look at.
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { capture, LESSON, type Look, OTHER_VIEWS } from "./lab/sandbox/captures.ts";
import { launchBrowser } from "./lab/browser/playwright-browser.ts";
import { openSandbox } from "./lab/sandbox/sandbox.ts";
import { endInGoodOrder } from "./lab/terminal/ending.ts";
import { KEPT_FOLDER, ROOT } from "./lab/variants/variants.ts";

const HELP = `Usage: npm run captures [-- --all] [--folder FOLDER]

Opens the sandbox page in a headless browser, runs lesson 3, opens a trace, and
takes a picture in light and in dark. The README shows these two.

  --all            every view, at 1440, 1024 and 360 pixels
  --folder FOLDER  where the pictures go (default: public/captures; with --all
                   .sandbox/captures)
  -h, --help       this text`;

/** What was typed cannot be done; the message says what can. */
class OptionError extends Error {
  readonly code = "BAD_OPTION";
}

interface Options {
  all: boolean;
  folder: string | undefined;
  help: boolean;
}

function readOptions(): Options {
  const flag = { type: "boolean", default: false } as const;
  const options = { all: flag, folder: { type: "string" }, help: { ...flag, short: "h" } } as const;
  try {
    const { all, folder, help } = parseArgs({ options }).values;
    return { all, folder, help };
  } catch {
    throw new OptionError("npm run captures takes --all, --folder and --help.");
  }
}

const SHOWN_FOLDER = path.join(ROOT, "public", "captures");
const SCHEMES = ["light", "dark"] as const;

function looks(widths: readonly number[]): Look[] {
  return widths.flatMap((width) => SCHEMES.map((colorScheme) => ({ width, colorScheme })));
}

/** Takes the pictures one after the other, and says each. */
async function takeAll({ all, folder }: Options): Promise<void> {
  const target = path.resolve(folder ?? (all ? path.join(KEPT_FOLDER, "captures") : SHOWN_FOLDER));
  await mkdir(target, { recursive: true });
  const browser = await launchBrowser();
  const sandbox = await openSandbox({ onMistake: (error) => console.error(error) });
  stop = async () => {
    await Promise.all([browser.close(), sandbox.close()]);
  };
  const address = (page: string): string => sandbox.address(page);
  for (const view of all ? [LESSON, ...OTHER_VIEWS] : [LESSON])
    for (const look of looks(all ? [1440, 1024, 360] : [1440])) {
      const file = await capture(view, look, { browser, address, folder: target });
      console.log(path.relative(ROOT, file));
    }
}

/** A mistake of the person is one sentence; a bug keeps its stack. */
function explain(error: unknown): void {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code !== "BAD_OPTION" && code !== "BROWSER_MISSING") throw error;
  console.error(message);
  process.exitCode = 1;
}

let stop = (): Promise<void> => Promise.resolve();

try {
  const options = readOptions();
  if (options.help) console.log(HELP);
  else {
    endInGoodOrder(() => stop());
    await takeAll(options);
  }
} catch (error) {
  explain(error);
} finally {
  await stop();
}
