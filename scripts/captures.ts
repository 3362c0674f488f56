// `npm run captures`: takes the pictures of the sandbox page that the README shows, and others to look at.
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { readFlags } from "./command/arguments.ts";
import { runCommand } from "./command/run-command.ts";
import { capture, LESSON, type Look, OTHER_VIEWS } from "./sandbox/captures.ts";
import { launchBrowser } from "./lab/browser/playwright-browser.ts";
import { openSandbox } from "./sandbox/sandbox.ts";
import { endInGoodOrder } from "./command/ending.ts";
import { STORED_FOLDER, ROOT } from "./lab/servers/variants.ts";

const HELP = `Usage: npm run captures [-- --all] [--folder FOLDER]

Opens the sandbox page in a headless browser, runs lesson 3, opens a trace, and
takes a picture in light and in dark. The README shows these two.

  --all            every view, at 1440, 1024 and 360 pixels
  --folder FOLDER  where the pictures go (default: public/captures; with --all
                   .sandbox/captures)
  -h, --help       this text`;

const FLAGS = { all: { type: "boolean", default: false }, folder: { type: "string" } } as const;

const SHOWN_FOLDER = path.join(ROOT, "public", "captures");
const SCHEMES = ["light", "dark"] as const;

function looks(widths: readonly number[]): Look[] {
  return widths.flatMap((width) => SCHEMES.map((colorScheme) => ({ width, colorScheme })));
}

/** Takes the pictures one after the other, and says each. */
async function takeAll(all: boolean, folder: string | undefined): Promise<void> {
  const target = path.resolve(
    folder ?? (all ? path.join(STORED_FOLDER, "captures") : SHOWN_FOLDER),
  );
  await mkdir(target, { recursive: true });
  const browser = await launchBrowser();
  stop = () => browser.close();
  const sandbox = await openSandbox({
    loadSuite: async () => (await import("./conformance/exercise-suite.ts")).EXERCISE_SUITE,
    onMistake: (error) => console.error(error),
  });
  stop = async () => {
    await Promise.all([browser.close(), sandbox.close()]);
  };
  // A picture shows the start of an exercise, and not what a person has made of it.
  process.env["WORK_FOLDER"] = path.join(STORED_FOLDER, "captures-work");
  const address = (page: string): string => sandbox.address(page);
  for (const view of all ? [LESSON, ...OTHER_VIEWS] : [LESSON])
    for (const look of looks(all ? [1440, 1024, 360] : [1440])) {
      const file = await capture(view, look, { browser, address, folder: target });
      console.log(path.relative(ROOT, file));
    }
}

let stop = (): Promise<void> => Promise.resolve();
const ending = endInGoodOrder(() => stop());

await runCommand(async () => {
  const { all, folder, help } = readFlags("npm run captures", FLAGS);
  if (help) return console.log(HELP);
  try {
    await takeAll(all, folder);
  } finally {
    await stop();
  }
}, ending);
