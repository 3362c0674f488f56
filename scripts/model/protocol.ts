// What the sandbox page and the sandbox server say to each other over the control channel. Types and two values: both sides import it.
import type { InferOutput } from "valibot";
import type { ClientTask, Outcome } from "./acts.ts";
import type { CALLS } from "./calls.ts";
import type { FilledCell } from "./cell.ts";
import type { BoardNews } from "./follow/board.ts";
import type { EditedFile } from "./edited-file.ts";
import type { Check, CheckRow } from "./exercise.ts";
import type { CodePart, Lesson } from "./lesson.ts";
import type { Forgery } from "./trace.ts";
import type { AuthMode, Variant } from "./vocabulary.ts";

/**
 * What a page asks the sandbox for before it sends its key or pass: whether it is the sandbox. Another program may listen at
 * the port by now. The answer is an HMAC with SHA-256 (RFC 2104) of `<nonce> <origin>`; its key is the SHA-256 hash of
 * `prover <key or pass>`. All hashes are in base64url.
 */
export interface Challenge {
  /** The SHA-256 hash of `name <key or pass>`. */
  name: string;
  /** Another one each time. */
  nonce: string;
  /** Where the page is: the proof of a sandbox at another address, handed on by who listens at this one, does not fit. */
  origin: string;
}

/** Where a page asks, with the challenge as the query. */
export const PROOF_PATH = "/control/proof";

/** The first message to a page that is let in. */
export interface Welcome {
  /** What it comes back with from now on, in place of what it came with; null if it has that. */
  pass: string | null;
  /** The name of the BroadcastChannel on which tabs ask each other for a key. */
  tabs: string;
  /** What a person types to start this sandbox again. */
  command: string;
  /** Where a person's own app is traced; null where none is. */
  trace: TracePlace | null;
}

/** What is traced. */
export interface TracePlace {
  /** The app: `http://127.0.0.1:5000` */
  to: string;
  /** Where clients connect; null for a trace that was saved. */
  at: string | null;
  /** What else is to be known of it, in a sentence. */
  remark: string;
}

/** Every call is acknowledged with its answer, or with one sentence that says what was wrong. */
export type Reply<Answer> = { answer: Answer } | { error: string };

/** What the page is to do itself; or the outcome, where there is no server for it. */
export type PreparedCell = { run: string; task: ClientTask } | { filled: FilledCell };

export interface LessonSummary {
  number: number;
  slug: string;
  title: string;
  goal: string;
  minutes: number;
  /** What the person did, in the words of the terminal's list: "new", "run", "3 of 5 correct". */
  progress: string;
  exercises: ExerciseSummary[];
}

export interface ExerciseSummary {
  /** `4b` */
  id: string;
  title: string;
  /** That it can be solved in. */
  formats: readonly Variant[];
  solvedIn: Variant[];
}

/** A file of a working copy, or why the page cannot show it. */
export type ShownFile = EditedFile | { name: string; problem: string };

/** An exercise that is open in a page. */
export interface ExerciseView {
  title: string;
  lesson: number;
  /** From the root of the project: `work/04-passport-or-manual/cjs`. */
  folder: string;
  /** All words as sanitised HTML. */
  task: string;
  hints: string[];
  /** What helps where a row or case fails, by its id. */
  rowHints: Record<string, string>;
  solved: string;
  files: ShownFile[];
  /** What is known of the last save; undefined until its check begins. */
  check: Check | undefined;
  /** What the person should know before they edit, in a sentence. */
  notice: string | undefined;
}

/** What happens to an exercise that is open in a page. */
export interface ExerciseNews {
  place: ExercisePlace;
  /** Without traces, which the page asks for. */
  check?: Check;
  /** A file has changed, here or in any editor. */
  files?: ShownFile[];
  notice?: string;
}

/** What the page is to be shown of a row. */
export type RowDetails = Pick<CheckRow, "cell" | "sent">;

export interface LessonView extends Omit<Lesson, "folder" | "code"> {
  /** Its words, as sanitised HTML: what it is about, and nothing that could be predicted; what happens; what to take away. */
  beginning: string;
  explanation: string;
  takeaways: string;
  /** Quoted from the variant in the asked format. */
  code: (CodePart & { source: string })[];
}

/** One aligned row of a comparison: the lines beside each other, undefined where a column has none. */
export interface ComparedRow {
  lines: (string | undefined)[];
  /** Why the row differs, by kind (`loading`, `exports`, `types`, …); none where all are the same. */
  kinds: string[];
}

export interface Comparison {
  /** Above the columns: `cjs`, `esm`, `ts`; or `passport`, `manual`. */
  columns: string[];
  rows: ComparedRow[];
  /** One sentence for each kind that occurs. */
  kinds: Record<string, string>;
}

/** What each mode says about a token on the bench. */
export interface BenchReport {
  verdicts: {
    auth: AuthMode;
    outcome: Outcome;
    /** Why, in the words of the check that refused it; undefined where it was accepted. */
    reason: string | undefined;
  }[];
  /** `ours`: made with the server's secret, by the algorithm that the token's header names. */
  signature: "ours" | "not ours" | "none" | "not checked";
  /** Where the user in it was changed and the signature was not. */
  forged: Forgery | undefined;
  /** What this server asks of every token. */
  expects: { algorithm: string; issuer: string; audience: string };
}

/** The answer to each call. */
export interface Answers {
  /** With a sentence, where progress cannot be read. */
  lessons: { lessons: LessonSummary[]; problem: string | undefined; node: string };
  lesson: LessonView;
  prepare: PreparedCell;
  settle: FilledCell;
  runNode: FilledCell;
  finished: void;
  ran: void;
  files: string[];
  compare: Comparison;
  tokenNamed: { token: string | null };
  seenToken: { token: string | null };
  bench: BenchReport;
  mint: { token: string };
  key: { key: string };
  restart: void;
  trace: BoardNews;
  openExercise: ExerciseView;
  leaveExercise: void;
  /** What is on the disk now: with another text than was sent, nothing was written, and both texts are stored. */
  saveFile: { file: EditedFile; isWritten: boolean };
  checkExercise: void;
  exerciseRow: RowDetails;
  compareExercise: Comparison;
  resetExercise: void;
  exerciseVersions: { storedAt: string[] };
  restoreExercise: void;
}

export type CallName = keyof Answers;
export type ArgumentsOf<Name extends CallName> = InferOutput<(typeof CALLS)[Name]>;
export type CellRequest = ArgumentsOf<"runNode">[0];
export type Scene = ArgumentsOf<"restart">[0];
export type ExercisePlace = ArgumentsOf<"openExercise">[0];
export type MintRequest = ArgumentsOf<"mint">[0];

/** From the page to the server; the last argument of each is the acknowledgement. */
export type PageToServer = {
  [Name in CallName]: (
    ...args: [...ArgumentsOf<Name>, reply: (reply: Reply<Answers[Name]>) => void]
  ) => void;
};

/** How many lines are stored, here and on a page; older ones are forgotten. */
export const MOST_LOG_LINES = 400;

/** The attempt that a line is about: a cell, or a token on the bench. */
export interface LogSource {
  title: string;
  /** Of the page that shows it. */
  address: string;
}

/** A line that a variant printed, or a sentence about its end. */
export interface LogEntry {
  /** Its own: a page that comes back gets it again. */
  id: string;
  /** Since 1970. */
  atMs: number;
  /** Which variant under which settings. */
  server: string;
  /** Undefined for a line that is not about a connection. */
  source?: LogSource | undefined;
  line: string;
  isCrash: boolean;
}

/** From the server to every page. */
export interface ServerToPage {
  /** @param received called once the page has stored its pass */
  welcome(welcome: Welcome, received: () => void): void;
  log(entry: LogEntry): void;
  /** What was printed before the page came. */
  earlierLog(entries: readonly LogEntry[]): void;
  /** Progress has changed, here or in the terminal. */
  progress(lessons: LessonSummary[]): void;
  /** The trace has news. @param done called once the page has them */
  traced(done: () => void): void;
  exercise(news: ExerciseNews): void;
}
