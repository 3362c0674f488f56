// The shape of lesson.json, with the values that may be left out.
import * as v from "valibot";
import { type Kind, KINDS } from "./acts.ts";
import type { AttemptAct } from "./attempt.ts";
import { claimsOf, expectationOf, forClients } from "./expectation.ts";
import { SWITCH_NAMES } from "./switches.ts";
import { auth, serverSwitches, text, transports, variant, whole } from "./schema-pieces.ts";
import { AUTH_MODES, CLIENTS, STICKY, TRANSPORT_CHOICES, VARIANTS } from "./vocabulary.ts";

const name = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "lower-case words with hyphens between"),
);
const sentence = v.pipe(
  v.string(),
  v.regex(/^[A-Z"`].*[.?!]$/, "a sentence that ends with a stop"),
);

// --- Attempts ---

const kinds = Object.keys(KINDS) as Kind[];

const acts = v.pipe(
  v.array(
    v.variant(
      "do",
      // TypeScript loses the kinds on the way through this list.
      kinds.map((kind) =>
        v.strictObject({ ...KINDS[kind].act.entries, expect: v.exactOptional(claimsOf(kind)) }),
      ) as never,
    ) as v.GenericSchema<unknown, AttemptAct>,
  ),
  v.minLength(1, "at least one act"),
);

const answer = v.nullable(
  v.union(
    [v.string(), v.number(), v.boolean(), v.strictObject({ atLeast: whole })],
    "a text, a number, { atLeast }, true, false or null",
  ),
);

const question = v.strictObject({
  ask: v.pipe(text, v.endsWith("?", "a question that ends with ?")),
  field: v.pipe(v.array(v.union([v.string(), whole])), v.minLength(1, "at least one name")),
  answers: v.pipe(
    v.record(
      v.string(),
      v.union(
        [
          answer,
          v.strictObject({ browser: v.exactOptional(answer), node: v.exactOptional(answer) }),
        ],
        "a text, a number, { atLeast }, true, false or null, or one for each client",
      ),
    ),
    v.check((answers) => Object.keys(answers).length > 1, "at least two answers"),
    // JavaScript puts such names first, whatever their order in the file.
    v.check((answers) => !Object.keys(answers).some((words) => /^\d+$/.test(words)), "words"),
  ),
});

const rowText = v.pipe(text, v.maxLength(44, "at most 44 characters, to fit its row"));

/** @param kind of the last act */
function attemptOf(kind: Kind) {
  return v.strictObject({
    id: name,
    group: v.exactOptional(rowText),
    title: rowText,
    variant: v.exactOptional(variant),
    auth: v.exactOptional(auth),
    serverTransports: v.exactOptional(transports),
    overlay: v.exactOptional(name),
    settings: v.exactOptional(
      v.record(
        v.pipe(v.string(), v.regex(/^[A-Z_]+$/, "a setting, such as AT_EXPIRY")),
        v.nullable(text),
      ),
    ),
    servers: v.exactOptional(v.picklist([2, 3])),
    sticky: v.exactOptional(v.picklist(STICKY)),
    shouldBeRefused: v.exactOptional(v.literal(true)),
    acts,
    question: v.exactOptional(question),
    expect: expectationOf(kind),
    why: forClients(sentence),
  });
}

/** Where the acts do not say, any kind will do: the mistake is in the acts. */
function lastKind(input: unknown): Kind {
  const { acts: given } = (input ?? {}) as { acts?: unknown };
  const last: unknown = Array.isArray(given) ? given.at(-1) : undefined;
  const { do: wanted } = (last ?? {}) as { do?: unknown };
  return kinds.find((kind) => kind === wanted) ?? "connect";
}

// Made once, since each takes longer than what is read with it.
const attempts = new Map(kinds.map((kind) => [kind, attemptOf(kind)]));

const attempt = v.pipe(
  v.lazy((input) => attempts.get(lastKind(input))!),
  v.transform((given) => ({ ...given, label: given.title, title: fullTitle(given) })),
);

/** The heading of the group goes before the label wherever a row stands alone. */
function fullTitle({ group, title }: { group?: string; title: string }): string {
  return group === undefined ? title : `${group}: ${title}`;
}

// --- The lesson ---

function fixed<const Value extends string>(values: readonly Value[]) {
  return v.exactOptional(
    v.strictObject({
      to: v.pipe(v.array(v.picklist(values)), v.minLength(1, "at least one value")),
      reason: sentence,
    }),
  );
}

/** What the file holds; number, slug and folder come from where it lies. */
export const LESSON_FILE = v.strictObject({
  title: text,
  /** One sentence: what the learner will have seen. */
  goal: sentence,
  /** How long it takes to read, to predict and to look at the wire. */
  minutes: v.pipe(whole, v.minValue(1, "1 or more")),
  /**
   * The parts of the variants that the lesson is about, or of what it lays over them, found in all formats by heading: the
   * words of a heading comment, without `// ---` and `---`. The file has no extension.
   */
  code: v.array(v.strictObject({ overlay: v.exactOptional(name), file: name, heading: text })),
  /** The values that the lesson starts with. */
  switches: serverSwitches,
  /** The switches that are worth flipping in it; the page puts the others out of the way. */
  flips: v.array(v.picklist(SWITCH_NAMES)),
  /** Switches that do not run free: the values that the expectations hold for, and why. */
  fixed: v.optional(
    v.strictObject({
      variant: fixed(VARIANTS),
      auth: fixed(AUTH_MODES),
      serverTransports: fixed(TRANSPORT_CHOICES),
    }),
    {},
  ),
  /** True where attempts would see each other on one server: who is connected counts. */
  oneAtATime: v.optional(v.boolean(), false),
  /** The cell whose trace is shown first. */
  show: v.strictObject({ attempt: name, client: v.picklist(CLIENTS) }),
  attempts: v.pipe(v.array(attempt), v.minLength(1, "at least one attempt")),
});
