// `npm run trace`: shows what goes over the wire in front of a person's own app, live, or a trace that was saved.
import { ArgumentsError, explainPort } from "./command/arguments.ts";
import { endInGoodOrder } from "./command/ending.ts";
import { runCommand } from "./command/run-command.ts";
import { Recording } from "./lab/wire/recording.ts";
import { checkReachable, openTap, type Tap } from "./lab/wire/tap.ts";
import { checkWritable, readTrace, writeTrace } from "./lab/wire/trace-file.ts";
import { Board } from "./model/follow/board.ts";
import { Follow, type News } from "./model/follow/follow.ts";
import type { TracePlace } from "./model/protocol.ts";
import type { Step } from "./model/trace.ts";
import type { TracePage } from "./sandbox/trace-feed.ts";
import { openInBrowser } from "./terminal/browser-window.ts";
import { lookOf } from "./terminal/paint.ts";
import { printable } from "./terminal/text.ts";
import { openPrinter } from "./terminal/trace/printer.ts";
import { isShown, newsAsJson, renderNews, renderSum } from "./terminal/trace/trace-lines.ts";
import { readTraceOptions, TRACE_HELP, type TraceOptions } from "./terminal/trace/trace-options.ts";

const MOST_STEPS = 4000;
const TICK_MS = 500;

const look = lookOf();
const printer = openPrinter(process.stdout);
const board = new Board();
let page: TracePage | undefined;
let stop = (): Promise<void> => Promise.resolve();

function tell(news: readonly News[], options: TraceOptions): void {
  for (const each of news.filter((one) => isShown(one, options)))
    printer.print(options.isJson ? [newsAsJson(each)] : renderNews(each, look));
}

function tellSum(follow: Follow, { isJson }: TraceOptions): void {
  printer.print(
    isJson ? [JSON.stringify({ summary: follow.sum() })] : renderSum(follow.sum(), look),
  );
}

/** What no page shows is not stored. */
function begin(beganAt: number, { page: wish }: TraceOptions): Follow {
  return wish === undefined ? new Follow(beganAt) : board.follow(beganAt);
}

async function showFile(file: string, options: TraceOptions): Promise<void> {
  const { to, beganAt, droppedSteps, steps } = await readTrace(file);
  const follow = begin(beganAt, options);
  const when = new Date(beganAt).toISOString().slice(0, 19).replace("T", " ");
  const dropped = droppedSteps ? ` The ${droppedSteps} steps before were not stored.` : "";
  const fromWhen = `In front of ${printable(to)}, from ${when} UTC.${dropped}`;
  if (!options.isJson) printer.print([fromWhen]);
  for (const step of steps) tell(follow.add(step), options);
  tell(follow.end(steps.at(-1)?.atMs ?? 0), options);
  tellSum(follow, options);
  board.end();
  await servePage({ to, at: null, remark: fromWhen }, options);
  await printer.flush();
}

async function record(
  { to, port }: { to: URL; port: number },
  options: TraceOptions,
): Promise<void> {
  const { saveFile } = options;
  if (saveFile !== undefined) await checkWritable(saveFile);
  await checkReachable(to).catch((error: NodeJS.ErrnoException) => refuse(to, error));
  let follow: Follow | undefined;
  const onStep = (step: Step): void => {
    follow ??= begin(epochOf(recording), options);
    tell(follow.add(step), options);
    void page?.changed();
  };
  // What nobody will read again is not stored.
  const mostSteps = saveFile === undefined ? 0 : MOST_STEPS;
  const recording = new Recording({ mostSteps, keeps: "last", onStep });
  const sinceBegan = (): number => performance.now() - (recording.beganAt ?? performance.now());
  const tap = await openTap({
    to,
    port,
    recording,
    onUnreachable: (error) => remark(to, error),
  }).catch((error: unknown) => {
    throw explainPort(error, port);
  });
  const timer = setInterval(() => {
    const news = follow?.tick(sinceBegan()) ?? [];
    tell(news, options);
    if (news.length > 0) void page?.changed();
  }, TICK_MS);
  greet(tap, to, options);
  stop = async () => {
    clearInterval(timer);
    // What is cut now is not the doing of either side.
    recording.end();
    await tap.stop();
    follow ??= begin(Date.now(), options);
    tell(follow.end(sinceBegan()), options);
    tellSum(follow, options);
    board.end();
    await page?.changed();
    await page?.close();
    await printer.flush();
    if (saveFile === undefined) return;
    const beganAt = epochOf(recording);
    await writeTrace(saveFile, { to: to.origin, beganAt, ...recording.trace() });
    if (!options.isJson) printer.print([`The trace is in ${saveFile}.`]);
    await printer.flush();
  };
  const { origin: at, host } = tap;
  await servePage({ to: to.origin, at, remark: passWords(host) }, options);
}

/** With `--page`, until Ctrl-C. */
async function servePage(place: TracePlace, options: TraceOptions): Promise<void> {
  if (options.page === undefined) return;
  // The page brings a sandbox along, which nobody else waits for.
  const { openTracePage } = await import("./sandbox/trace-feed.ts");
  page = await openTracePage({
    place,
    command: `npm run trace -- ${place.at === null ? "--read FILE" : `--to ${place.to}`} --page`,
    board,
    onAddressUsed: () => tellPage("That address has been used. For another browser:", options),
    onMistake: (error) => console.error(error),
  });
  tellPage("The page is at", options);
  if (place.at === null) stop = async () => page?.close();
  if (options.page === "opened")
    await openInBrowser(page.newAddress(), (sentence) => console.error(sentence));
}

function tellPage(words: string, { isJson }: TraceOptions): void {
  const address = page!.address();
  printer.print([isJson ? JSON.stringify({ page: address }) : `${words} ${address}`]);
}

function passWords(host: string | undefined): string {
  return host === undefined ? "Nothing that passes is changed." : `Host is rewritten to ${host}.`;
}

/** When the first byte came: milliseconds since 1970. */
function epochOf({ beganAt = performance.now() }: Recording): number {
  return Math.round(performance.timeOrigin + beganAt);
}

function greet({ origin, host }: Tap, to: URL, { isJson }: TraceOptions): void {
  if (isJson)
    return printer.print([
      JSON.stringify({ listening: origin, to: to.origin, host: host ?? null }),
    ]);
  printer.print([
    `Point your client at ${origin}: it goes on to ${to.origin}. ${passWords(host)}`,
    "Ctrl-C ends it with a summary.",
  ]);
}

function refuse({ origin }: URL, error: NodeJS.ErrnoException): never {
  // The system and TLS give a code; anything else is a bug.
  if (error.code === undefined) throw error;
  throw new ArgumentsError(
    `Nothing can be reached at ${origin} (${error.code}): start your app first, or correct --to.`,
  );
}

const REMARK_AGAIN_MS = 5000;
let remarkedAt = -Infinity;

function remark(to: URL, { code, message }: NodeJS.ErrnoException): void {
  if (performance.now() - remarkedAt < REMARK_AGAIN_MS) return;
  remarkedAt = performance.now();
  console.error(`The app at ${to.origin} cannot be reached (${code ?? message}).`);
}

const ending = endInGoodOrder(() => stop());
await runCommand(async () => {
  const options = readTraceOptions(process.argv.slice(2), process.env);
  if (options === undefined) return console.log(TRACE_HELP);
  const { from } = options;
  await ("file" in from ? showFile(from.file, options) : record(from, options));
}, ending);
