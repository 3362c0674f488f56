// Watches the main thread of a spare process, from a thread of its own: says at which line it loops, and ends it; and, if
// that is asked for, where its code throws. Each is a line on standard error: `guard {…}`.
import { writeSync } from "node:fs";
import { Session } from "node:inspector";
import { SourceMap } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parentPort, workerData as beat } from "node:worker_threads";

// A server answers in milliseconds; a machine that is very busy may leave it waiting for a second.
const LONGEST_SILENCE_MS = 2_000;
const LOOK_EVERY_MS = 100;
/** What code throws that was typed wrongly; a refused token is an error of another kind. */
const MISTAKE = /^(?:Reference|Type|Range|Syntax)Error$/;

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
const tell = (word) => parentPort.postMessage(word);
tell("ready");
parentPort.once("message", ({ file, tracesThrows }) => {
  const folder = path.dirname(file) + path.sep;
  if (tracesThrows) traceThrows(folder, () => tell("watching"));
  else tell("watching");
  watchBeat(folder);
});

function watchBeat(folder) {
  let last = -1;
  // Looks are counted, not time: while the whole process is stopped (Ctrl-Z), neither thread runs.
  let silentLooks = 0;
  let isFound = false;
  // It goes on once the loop is found: a session alone would not keep this thread.
  setInterval(() => {
    const now = Atomics.load(beat, 0);
    silentLooks = now === last ? silentLooks + 1 : 0;
    last = now;
    if (isFound || silentLooks * LOOK_EVERY_MS < LONGEST_SILENCE_MS) return;
    isFound = true;
    const session = attach(folder, (places) => {
      say({ looped: places[0] ?? {} });
      process.kill(process.pid, "SIGKILL");
    });
    session.post("Debugger.enable", () => session.post("Debugger.pause"));
  }, LOOK_EVERY_MS);
}

function traceThrows(folder, whenReady) {
  const session = attach(folder, ([place], { reason, data }) => {
    if (reason === "exception" && place && MISTAKE.test(data.className))
      say({ threw: { ...place, message: data.description.split("\n")[0] } });
    session.post("Debugger.resume");
  });
  session.post("Debugger.enable", () =>
    session.post("Debugger.setPauseOnExceptions", { state: "all" }, whenReady),
  );
}

/** @param onPaused called with the places in that folder that led to where the main thread was paused, the last first */
function attach(folder, onPaused) {
  const session = new Session();
  const scripts = new Map();
  session.connectToMainThread();
  session.on("Debugger.scriptParsed", ({ params }) => scripts.set(params.scriptId, params));
  session.on("Debugger.paused", ({ params }) => {
    const places = params.callFrames.flatMap(({ location }) => placeOf(folder, scripts, location));
    onPaused(places, params);
  });
  return session;
}

function placeOf(folder, scripts, { scriptId, lineNumber, columnNumber }) {
  const { url = "", sourceMapURL = "" } = scripts.get(scriptId) ?? {};
  const file = url.startsWith("file:") ? fileURLToPath(url.split("?")[0]) : url;
  if (!file.startsWith(folder)) return [];
  const entry = readMap(sourceMapURL)?.findEntry(lineNumber, columnNumber);
  return [{ file: path.basename(file), line: (entry?.originalLine ?? lineNumber) + 1 }];
}

/** tsx appends the map to what it gives to Node. */
function readMap(url) {
  if (!url.startsWith("data:")) return undefined;
  return new SourceMap(JSON.parse(Buffer.from(url.slice(url.indexOf(",") + 1), "base64")));
}

function say(what) {
  writeSync(2, `guard ${JSON.stringify(what)}\n`);
}
