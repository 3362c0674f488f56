// The calls of the page, checked: even a page with the key can have a mistake.
import * as v from "valibot";
import { LONGEST_TEXT, sizeOfText } from "./edited-file.ts";
import { type ActOutcome, type Kind, KINDS, UNDONE } from "./acts.ts";
import {
  ownSwitches,
  score,
  serverSwitches,
  tokenChoice,
  tokenName,
  variant,
} from "./schema-pieces.ts";

const switches = v.strictObject({ ...serverSwitches.entries, ...ownSwitches.entries });

const lesson = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(99));
const file = v.pipe(v.string(), v.regex(/^[a-z-]{1,40}$/));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** A working copy. */
const place = v.strictObject({
  exercise: v.pipe(v.string(), v.regex(/^[1-9]\d?[b-z]?$/)),
  variant,
});
/** A name is looked up among those of the exercise, so no other path can be reached. */
const ownText = v.strictObject({
  name: v.pipe(v.string(), v.maxLength(60)),
  text: v.pipe(
    v.string(),
    v.check(
      (text) => sizeOfText(text) <= LONGEST_TEXT,
      "a text that is not too large for the page",
    ),
  ),
});
const storedAt = v.pipe(v.string(), v.maxLength(30));

/** A lesson, or the free sandbox. */
const scene = v.object({ lesson: v.optional(lesson), switches });
/** An attempt of a lesson by its id, or "own"; without a lesson, there is only the own one. */
const cell = v.object({ ...scene.entries, attempt: v.string() });

// --- What a page saw ---

const MOST_ACTS = 50;
const kinds = Object.keys(KINDS) as Kind[];

const actOutcome = v.variant(
  "do",
  // TypeScript loses the kinds on the way through this list.
  kinds.map((kind) =>
    v.variant(
      "result",
      [...KINDS[kind].outcomes, ...UNDONE].map((outcome) =>
        v.strictObject({
          do: v.literal(kind),
          as: v.optional(v.string()),
          lateMs: v.exactOptional(v.number()),
          expiredMs: v.exactOptional(v.number()),
          ...outcome.entries,
        }),
      ) as never,
    ),
  ) as never,
) as v.GenericSchema<unknown, ActOutcome>;

const outcome = v.pipe(v.array(actOutcome), v.minLength(1), v.maxLength(MOST_ACTS));

/** The arguments of each call, without the acknowledgement. */
export const CALLS = {
  lessons: v.tuple([]),
  lesson: v.tuple([lesson, variant]),
  /** Opens an address prefix for an attempt that this page makes. */
  prepare: v.tuple([cell]),
  /** Hands in what this page saw; the answer adds what went over the wire. */
  settle: v.tuple([v.string(), outcome]),
  /** The same attempt by the Node client. */
  runNode: v.tuple([cell]),
  /** The lesson was run, and how it was predicted, if it was; stored in the file that the terminal reads as well. */
  finished: v.tuple([lesson, v.nullable(score)]),
  /** The page that runs lessons for a program has done so; or the first reason why a cell could not be filled. */
  ran: v.tuple([v.nullable(v.pipe(v.string(), v.maxLength(400)))]),
  files: v.tuple([]),
  /** The three formats of one file; or, without a file, `passport` beside `manual` in one format. */
  compare: v.tuple([v.union([v.strictObject({ file }), v.strictObject({ variant })])]),
  /** The text of a token by its name, made this moment; null for "none". */
  tokenNamed: v.tuple([tokenName]),
  /** The text of a token that stands in a trace, by its id; null if it is forgotten. */
  seenToken: v.tuple([v.pipe(v.string(), v.maxLength(40))]),
  bench: v.tuple([tokenChoice, switches]),
  mint: v.tuple([
    v.strictObject({
      algorithm: v.picklist(["HS256", "HS384", "HS512", "none"]),
      key: v.picklist(["server", "other"]),
      claims: v.record(v.string(), v.unknown()),
    }),
  ]),
  /** A key that lets in one other tab. */
  key: v.tuple([]),
  /** Ends the servers of all attempts that are there; the next attempt starts its servers again. */
  restart: v.tuple([scene]),
  /** What is new of the clients that are traced, and of the steps of one of them. */
  trace: v.tuple([v.strictObject({ since: count, client: v.nullable(count), after: count })]),
  /** Makes the working copy if there is none, checks it now and after each save, and sends news of it. One at a time. */
  openExercise: v.tuple([place]),
  leaveExercise: v.tuple([]),
  /** With the hash of what the text is based on. */
  saveFile: v.tuple([
    place,
    v.strictObject({ ...ownText.entries, hash: v.pipe(v.string(), v.maxLength(50)) }),
  ]),
  checkExercise: v.tuple([place]),
  /** What went over the wire in a row of the last check. */
  exerciseRow: v.tuple([place, v.pipe(v.string(), v.maxLength(80))]),
  /** The text in the editor beside another state of the file. */
  compareExercise: v.tuple([
    place,
    ownText,
    v.union([v.picklist(["start", "solution", "disk"]), v.strictObject({ storedAt })]),
  ]),
  resetExercise: v.tuple([place]),
  exerciseVersions: v.tuple([place]),
  restoreExercise: v.tuple([place, storedAt]),
};
