// What the sandbox page and the sandbox server say to each other over the control channel. Types and two values: both sides import it.
import type {
  CredentialPlace,
  Client,
  TokenName,
  AuthMode,
  Transport,
  Variant,
} from "./vocabulary.ts";
import type { Attempt, AttemptRequest } from "./attempt.ts";
import type { Answered, Outcome } from "./outcome.ts";
import type {
  CodePart,
  Expectation,
  FixedSwitch,
  LessonAttempt,
  SwitchName,
  Difference,
  Verdict,
} from "./lesson.ts";
import type { Trace } from "./trace.ts";

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

/** What a page is told first when it is let in. */
export interface Welcome {
  /** What it comes back with from now on, in place of what it came with; null if it has that. */
  pass: string | null;
  /** The name of the BroadcastChannel on which tabs ask each other for a key. */
  tabs: string;
  /** What a person types to start this sandbox again. */
  command: string;
}

/** Every call is acknowledged with its answer, or with one sentence that says what was wrong. */
export type Reply<Answer> = { answer: Answer } | { error: string };

/** A token by its name, or one that the person typed or pasted. */
export type TokenChoice = { name: TokenName } | { text: string };

/** All switches of the page. The first three belong to the server, the others to the learner's own attempt. */
export interface PageSwitches {
  variant: Variant;
  auth: AuthMode;
  serverTransports: Transport[];
  transports: Transport[];
  tryAllTransports: boolean;
  credential: CredentialPlace;
  scheme: string;
  token: TokenChoice;
}

/** An attempt of a lesson by its id, or "own": the one that the switches describe. */
export interface CellRequest {
  /** Undefined in the free sandbox, where there is only the own attempt. */
  lesson: number | undefined;
  attempt: string;
  switches: PageSwitches;
}

/** What the page shall do itself: connect, or send a plain HTTP request. */
export type PreparedCell = { run: string } & (
  | { do: "connect"; attempt: Attempt }
  | { do: "request"; request: AttemptRequest }
);

/** One filled cell. */
export interface FilledCell {
  client: Client;
  outcome: Outcome | Answered;
  trace: Trace;
  expected: Expectation | undefined;
  verdict: Verdict;
  differences: Difference[];
  /** What ran: the variant and its settings, for example `cjs · passport · polling+websocket`. */
  server: string;
}

export interface LessonSummary {
  number: number;
  slug: string;
  title: string;
  goal: string;
  /** "new", "run", or "as expected": the same words as in the terminal's list. */
  progress: string;
}

export interface LessonView extends Omit<LessonSummary, "progress"> {
  /** The words, as sanitised HTML; code quoted from the variant in the asked format. */
  html: string;
  /** The first of them: what the lesson is about, and nothing that could be predicted. */
  beginning: string;
  code: (CodePart & { source: string })[];
  fixed: Partial<Record<SwitchName, FixedSwitch>>;
  /** Starting values of the server's switches. */
  switches: Pick<PageSwitches, "variant" | "auth" | "serverTransports">;
  show: { attempt: string; client: Client };
  /** True where attempts would see each other on one server: the page then makes them one after the other. */
  oneAtATime: boolean;
  attempts: LessonAttempt[];
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

/** What is said of a token on the bench. */
export interface BenchReport {
  verdicts: {
    auth: AuthMode;
    outcome: Outcome;
    /** Why, in the words of the check that refused it; undefined where it was accepted. */
    reason: string | undefined;
  }[];
  /** `ours`: made with the server's secret, by the algorithm that the token's header names. */
  signature: "ours" | "not ours" | "none" | "not checked";
  /** What this server asks of every token. */
  expects: { algorithm: string; issuer: string; audience: string };
}

export interface MintRequest {
  algorithm: "HS256" | "HS384" | "HS512" | "none";
  key: "server" | "other";
  claims: Record<string, unknown>;
}

/** From the page to the server; the last argument of each is the acknowledgement. */
export interface PageToServer {
  /** With a sentence, where progress cannot be read. */
  lessons(
    reply: (
      reply: Reply<{ lessons: LessonSummary[]; problem: string | undefined; node: string }>,
    ) => void,
  ): void;
  lesson(number: number, variant: Variant, reply: (reply: Reply<LessonView>) => void): void;
  /** Opens an address prefix for an attempt that this page makes. */
  prepare(cell: CellRequest, reply: (reply: Reply<PreparedCell>) => void): void;
  /** Hands in what this page saw; the answer adds what went over the wire. */
  settle(run: string, outcome: Outcome | Answered, reply: (reply: Reply<FilledCell>) => void): void;
  /** The same attempt by the Node client. */
  runNode(cell: CellRequest, reply: (reply: Reply<FilledCell>) => void): void;
  /** All cells of the lesson were run; kept in the file that the terminal reads as well. */
  finished(lesson: number, allAsExpected: boolean, reply: (reply: Reply<null>) => void): void;
  files(reply: (reply: Reply<string[]>) => void): void;
  /** The three formats of one file; or, without a file, `passport` beside `manual` in one format. */
  compare(
    what: { file: string } | { variant: Variant },
    reply: (reply: Reply<Comparison>) => void,
  ): void;
  /** The text of a token by its name, made this moment; null for "none". */
  tokenNamed(name: TokenName, reply: (reply: Reply<{ token: string | null }>) => void): void;
  bench(
    token: TokenChoice,
    switches: PageSwitches,
    reply: (reply: Reply<BenchReport>) => void,
  ): void;
  mint(request: MintRequest, reply: (reply: Reply<{ token: string }>) => void): void;
  /** A key that lets in one other tab. */
  key(reply: (reply: Reply<{ key: string }>) => void): void;
  /** Ends the running variant with these switches; the next attempt starts it anew. */
  restart(switches: PageSwitches, reply: (reply: Reply<null>) => void): void;
}

/** How many lines are kept, here and on a page; older ones are forgotten. */
export const KEPT_LOG_LINES = 400;

/** A line that a variant printed, or of a sentence about its end. */
export interface LogEntry {
  /** Its own: a page that comes back is told of it again. */
  id: string;
  /** Since the sandbox was started. */
  atMs: number;
  /** Which variant under which settings. */
  server: string;
  line: string;
  isCrash: boolean;
}

/** From the server to every page. */
export interface ServerToPage {
  /** @param received called once the page has kept its pass */
  welcome(welcome: Welcome, received: () => void): void;
  log(entry: LogEntry): void;
  /** What was printed before the page came. */
  earlierLog(entries: readonly LogEntry[]): void;
  /** Progress has changed, here or in the terminal. */
  progress(lessons: LessonSummary[]): void;
}
