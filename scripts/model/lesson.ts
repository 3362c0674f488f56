// What a lesson is: its facts (lesson.json), its words (README.md), and where both are found.
import type {
  Client,
  CredentialPlace,
  User,
  TokenName,
  AuthMode,
  Transport,
  Variant,
} from "./vocabulary.ts";

/** What a learner can flip while a lesson is open. */
export interface Switches {
  variant: Variant;
  auth: AuthMode;
  /** What the server offers. */
  serverTransports: Transport[];
  /** A token for every attempt that presents one, in place of the lesson's own choice. */
  token?: TokenName;
}

export type SwitchName = keyof Switches;

/** A switch that a lesson does not let run free: the values that its expectations hold for, and why. */
export interface FixedSwitch {
  to: string[];
  reason: string;
}

/** A part of the variants that a lesson is about, or of what it lays over them, found in all three by its heading. */
export interface CodePart {
  /** The folder of the overlay in which the file is, if it is none of the variant's own. */
  overlay?: string;
  /** The file's name without its extension: `handshake`. */
  file: string;
  /** The words of the heading comment, without `// ---` and `---`. */
  heading: string;
}

/** A number, or the least that it must be where the rest depends on how fast the machine is. */
type Count = number | { atLeast: number };

/** What went over the wire, as far as a lesson says something about it; what is left out is not compared. */
export interface ExpectedWire {
  /** How often the server checked a credential. */
  checks?: Count;
  /** How many HTTP requests there were. */
  requests?: Count;
  /** Whether a websocket was opened (101), at once or by an upgrade. */
  websocket?: boolean;
  /** The status of the last HTTP answer, whether or not the client was told it; null where there was none. */
  status?: number | null;
  /** The challenge in the last HTTP answer (`WWW-Authenticate`); null where there was none. */
  challenge?: string | null;
  /** Whether a TCP connection was cut. */
  cut?: boolean;
  /** The algorithm that the last seen token names in its header. */
  algorithm?: string;
  /** Some claims of the last seen token. */
  claims?: Record<string, unknown>;
}

/** The fields of an outcome that must be so; what is left out is not compared, null stands for "not told". */
export interface Expectation {
  result: "connected" | "refused" | "unanswered" | "answered";
  user?: User | null;
  firstTransport?: Transport;
  lastTransport?: Transport;
  replies?: unknown[];
  received?: unknown[][][];
  refusedBy?: "handshake" | "namespace";
  message?: string;
  description?: string | number | null;
  status?: number | null;
  challenge?: string | null;
  body?: unknown;
  data?: unknown;
  willRetry?: boolean;
  wire?: ExpectedWire;
}

/** What a person predicts of an attempt where "connects" or "is refused" is not the question. */
export interface Question {
  /** `How many receive it?` */
  ask: string;
  /** Where in the outcome the answer is: `["replies", 0, "connections"]`. */
  field: (string | number)[];
  /** The words to choose from, each with the value that makes them true; null where there is none. */
  answers: Record<string, string | number | boolean | null>;
}

interface AttemptBase {
  /** Unique in its lesson. */
  id: string;
  /** What its row and those beside it try; their heading. */
  group?: string;
  /** What stands in its row. */
  label: string;
  /** Where it stands alone: the heading of its group and the label. Unique in its lesson. */
  title: string;
  credential: CredentialPlace;
  /** The auth-scheme in the header, as it is spelled. */
  scheme: string;
  token: TokenName;
  /** Switches that this attempt sets for itself, whatever the learner chose. */
  variant?: Variant;
  auth?: AuthMode;
  serverTransports?: Transport[];
  /** The folder in the lesson whose files are laid over the variant: the guide's weaker form. */
  overlay?: string;
  question?: Question;
  expect: Record<Client, Expectation>;
  /** Why it is so, in a sentence for each cell: whoever predicted something else wants to know. */
  why: Record<Client, string>;
}

/** An attempt to connect. */
interface ConnectAttempt extends AttemptBase {
  do: "connect";
  transports: Transport[];
  tryAllTransports: boolean;
  /** The tokens of further connections that are opened first: other tabs. */
  otherTokens: TokenName[];
  events: { name: string; args: unknown[] }[];
}

/** A plain HTTP request. */
interface RequestAttempt extends AttemptBase {
  do: "request";
  method: "GET" | "POST";
  path: string;
  /** Sent as JSON. */
  body?: unknown;
}

export type LessonAttempt = ConnectAttempt | RequestAttempt;

/** A lesson as the commands and pages use it; all options have their values. */
export interface Lesson {
  /** Counted from 1, from its folder's name. */
  number: number;
  /** The folder's name without the number: `websocket-only`. */
  slug: string;
  /** Absolute. */
  folder: string;
  title: string;
  /** One sentence: what the learner will have seen. */
  goal: string;
  code: CodePart[];
  /** The values that the lesson starts with. */
  switches: Switches;
  fixed: Partial<Record<SwitchName, FixedSwitch>>;
  /** True where attempts would see each other on one server: whoever is connected counts. */
  oneAtATime: boolean;
  /** The cell whose trace is shown first. */
  show: { attempt: string; client: Client };
  attempts: LessonAttempt[];
}

/**
 * How a cell compares with the lesson. "no expectation": a switch was flipped that the lesson says nothing about;
 * "no browser": there was none to try it in.
 */
export type Verdict = "as expected" | "surprise" | "no expectation" | "no browser" | "too busy";

/**
 * A field that was not as expected; `wire.checks` is a field of the trace. Where only one part of a field differs, that
 * part: `replies.0.connections`.
 */
export interface Difference {
  field: string;
  expected: unknown;
  seen: unknown;
}

/** A mistake in a lesson or in its number; the message says where, what was expected and what came. */
export class LessonError extends Error {
  readonly code: "BAD_LESSON" | "UNKNOWN_LESSON";

  constructor(code: "BAD_LESSON" | "UNKNOWN_LESSON", message: string) {
    super(message);
    this.code = code;
  }
}
