// A trace in a file; its credentials are masked.
import { readFile, writeFile } from "node:fs/promises";
import * as v from "valibot";
import type { Trace } from "../../model/trace.ts";
import { tryToWrite } from "../stored-file.ts";
import { maskValue } from "./masking.ts";

const FORMAT = "socketio-jwt-sandbox trace 1";

interface TraceFile extends Trace {
  /** The app. */
  to: string;
  /** When the first byte came: milliseconds since 1970. */
  beganAt: number;
}

// Another hand may have written the file: what is shown of it is of the kind that the recorder writes, and no deeper.
const shown = v.pipe(
  v.unknown(),
  v.transform((value) => maskValue(value)),
);
const perhapsNumber = v.exactOptional(v.number());
const perhapsText = v.exactOptional(v.string());
const perhapsTrue = v.exactOptional(v.literal(true));

const common = {
  id: v.number(),
  atMs: v.number(),
  connection: v.number(),
  from: v.picklist(["client", "server"]),
  expiredMs: perhapsNumber,
};
const packet = v.object({
  engine: v.string(),
  text: perhapsText,
  socket: perhapsText,
  namespace: perhapsText,
  id: perhapsNumber,
  data: v.exactOptional(shown),
});
const token = v.object({
  place: v.picklist(["header", "payload", "body", "query"]),
  scheme: perhapsText,
  field: perhapsText,
  lastCharacters: v.string(),
  header: shown,
  claims: shown,
});
const carried = {
  isCutShort: perhapsTrue,
  bytes: perhapsNumber,
  packets: v.array(packet),
  tokens: v.array(token),
};
const message = { ...carried, headers: v.record(v.string(), v.string()), body: v.string() };
const step = v.variant("kind", [
  v.object({
    ...common,
    ...message,
    kind: v.literal("request"),
    method: v.string(),
    target: v.string(),
    lacksCookie: perhapsTrue,
  }),
  v.object({
    ...common,
    ...message,
    kind: v.literal("response"),
    answers: perhapsNumber,
    status: v.number(),
    reason: v.string(),
  }),
  v.object({
    ...common,
    ...carried,
    kind: v.literal("frame"),
    opcode: v.string(),
    isFragment: perhapsTrue,
    closeCode: perhapsNumber,
    closeReason: perhapsText,
  }),
  v.object({ ...common, kind: v.literal("closed"), isCut: v.boolean() }),
]);
/** The latest time that a Date can be. */
const LATEST_MS = 8.64e15;
const schema = v.object({
  format: v.literal(FORMAT),
  to: v.string(),
  beganAt: v.pipe(v.number(), v.minValue(0), v.maxValue(LATEST_MS)),
  droppedSteps: perhapsNumber,
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
  return found.output;
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
