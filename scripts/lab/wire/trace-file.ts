// A trace in a file; its credentials are masked.
import { readFile, writeFile } from "node:fs/promises";
import * as v from "valibot";
import type { Step, Trace } from "../../model/trace.ts";
import { tryToWrite } from "../stored-file.ts";

const FORMAT = "socketio-jwt-sandbox trace 1";

interface TraceFile extends Trace {
  /** The app. */
  to: string;
  /** When the first byte came: milliseconds since 1970. */
  beganAt: number;
}

const common = {
  id: v.number(),
  atMs: v.number(),
  connection: v.number(),
  from: v.picklist(["client", "server"]),
};
const carried = {
  packets: v.array(v.looseObject({ engine: v.string() })),
  tokens: v.array(v.looseObject({ place: v.string(), lastCharacters: v.string() })),
};
const message = { ...carried, headers: v.record(v.string(), v.string()), body: v.string() };
const step = v.variant("kind", [
  v.looseObject({
    ...common,
    ...message,
    kind: v.literal("request"),
    method: v.string(),
    target: v.string(),
  }),
  v.looseObject({
    ...common,
    ...message,
    kind: v.literal("response"),
    status: v.number(),
    reason: v.string(),
  }),
  v.looseObject({ ...common, ...carried, kind: v.literal("frame"), opcode: v.string() }),
  v.looseObject({ ...common, kind: v.literal("closed"), isCut: v.boolean() }),
  v.looseObject({ ...common, kind: v.literal("check"), what: v.string() }),
]);
/** The latest time that a Date can be. */
const LATEST_MS = 8.64e15;
const schema = v.object({
  format: v.literal(FORMAT),
  to: v.string(),
  beganAt: v.pipe(v.number(), v.minValue(0), v.maxValue(LATEST_MS)),
  droppedSteps: v.optional(v.number()),
  steps: v.array(step),
});

/** What is wrong with a file of the person's: the message says what. */
class TraceFileError extends Error {
  readonly code = "BAD_ARGUMENTS";
}

/** Before the recording, so that it is not lost at its end. @throws TraceFileError */
export async function checkWritable(file: string): Promise<void> {
  await tryToWrite(file).catch((error: unknown) => refuse("save", file, error));
}

/** @throws TraceFileError */
export async function writeTrace(file: string, trace: TraceFile): Promise<void> {
  const text = `${JSON.stringify({ format: FORMAT, ...trace }, undefined, 1)}\n`;
  await writeFile(file, text).catch((error: unknown) => refuse("save", file, error));
}

/** @throws TraceFileError if it cannot be read, or holds no trace */
export async function readTrace(file: string): Promise<TraceFile> {
  const text = await readFile(file, "utf8").catch((error: unknown) => refuse("read", file, error));
  const found = v.safeParse(schema, parse(text));
  if (!found.success) {
    const [issue] = found.issues;
    const where = v.getDotPath(issue);
    throw new TraceFileError(
      `--read: ${file} is not a trace that --save has written${where ? `, at "${where}": ${issue.message}` : ""}.`,
    );
  }
  return { ...found.output, steps: found.output.steps as unknown as Step[] } as TraceFile;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The schema refuses what is not JSON as it refuses other values.
    return undefined;
  }
}

function refuse(flag: "save" | "read", file: string, error: unknown): never {
  const what = flag === "save" ? "written" : "read";
  const { code = String(error) } = error as NodeJS.ErrnoException;
  throw new TraceFileError(`--${flag}: ${file} cannot be ${what} (${code}).`);
}
