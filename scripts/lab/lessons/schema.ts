// The shape of lesson.json, with the values that may be left out.
import * as v from "valibot";
import { CLIENTS, TOKEN_NAMES, AUTH_MODES, TRANSPORTS, VARIANTS } from "../../model/vocabulary.ts";

// --- Small pieces ---

const text = v.pipe(v.string(), v.regex(/^\S(.*\S)?$/, "a text without blanks around it"));
// One space follows by itself; how many may be is a question that a lesson can ask.
const schemeBeforeToken = v.pipe(
  v.string(),
  v.regex(/^\S+ *$/, "a scheme, with spaces behind it or none"),
);
const name = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "lower-case words with hyphens between"),
);
const sentence = v.pipe(
  v.string(),
  v.regex(/^[A-Z"`].*[.?!]$/, "a sentence that ends with a stop"),
);
const whole = v.pipe(v.number(), v.integer("a whole number"), v.minValue(0, "0 or more"));
const count = v.lazy((input) =>
  typeof input === "object" ? v.strictObject({ atLeast: whole }) : whole,
);
const transports = v.pipe(
  v.array(v.picklist(TRANSPORTS)),
  v.minLength(1, "at least one transport"),
);
const place = v.picklist(["header", "payload", "none"]);
const token = v.picklist(TOKEN_NAMES);
const user = v.strictObject({ id: v.number(), username: v.string() });
const ANSWER_VALUES = "a text, a number, true, false or null";

// --- What is expected ---

const wire = v.strictObject({
  checks: v.exactOptional(count),
  requests: v.exactOptional(count),
  websocket: v.exactOptional(v.boolean()),
  status: v.exactOptional(v.nullable(whole)),
  challenge: v.exactOptional(v.nullable(v.string())),
  cut: v.exactOptional(v.boolean()),
  algorithm: v.exactOptional(v.string()),
  claims: v.exactOptional(v.record(v.string(), v.unknown())),
});

const expectation = v.strictObject({
  result: v.picklist(["connected", "refused", "unanswered", "answered"]),
  user: v.exactOptional(v.nullable(user)),
  firstTransport: v.exactOptional(v.picklist(TRANSPORTS)),
  lastTransport: v.exactOptional(v.picklist(TRANSPORTS)),
  replies: v.exactOptional(v.array(v.unknown())),
  received: v.exactOptional(v.array(v.array(v.array(v.unknown())))),
  refusedBy: v.exactOptional(v.picklist(["handshake", "namespace"])),
  message: v.exactOptional(v.string()),
  description: v.exactOptional(v.nullable(v.union([v.string(), whole]))),
  status: v.exactOptional(v.nullable(whole)),
  challenge: v.exactOptional(v.nullable(v.string())),
  body: v.exactOptional(v.unknown()),
  data: v.exactOptional(v.unknown()),
  willRetry: v.exactOptional(v.boolean()),
  wire: v.exactOptional(wire),
});

const expect = v.pipe(
  v.lazy((input) =>
    has(input, "both")
      ? v.strictObject({ both: expectation })
      : v.strictObject({ browser: expectation, node: expectation }),
  ),
  v.transform((given) => ("both" in given ? { browser: given.both, node: given.both } : given)),
);

const why = v.pipe(
  v.lazy((input) =>
    has(input, "both")
      ? v.strictObject({ both: sentence })
      : v.strictObject({ browser: sentence, node: sentence }),
  ),
  v.transform((given) => ("both" in given ? { browser: given.both, node: given.both } : given)),
);

function has(input: unknown, key: string): boolean {
  return typeof input === "object" && input !== null && key in input;
}

const answer = v.nullable(v.union([v.string(), v.number(), v.boolean()], ANSWER_VALUES));

const question = v.strictObject({
  ask: v.pipe(text, v.endsWith("?", "a question that ends with ?")),
  field: v.pipe(v.array(v.union([v.string(), whole])), v.minLength(1, "at least one name")),
  answers: v.pipe(
    v.record(v.string(), answer),
    v.check((answers) => Object.keys(answers).length > 1, "at least two answers"),
  ),
});

// --- Attempts ---

const rowText = v.pipe(text, v.maxLength(44, "at most 44 characters, to fit its row"));

const everyAttempt = {
  id: name,
  group: v.exactOptional(rowText),
  title: rowText,
  scheme: v.optional(schemeBeforeToken, "bearer"),
  token: v.optional(token, "valid"),
  variant: v.exactOptional(v.picklist(VARIANTS)),
  auth: v.exactOptional(v.picklist(AUTH_MODES)),
  serverTransports: v.exactOptional(transports),
  overlay: v.exactOptional(name),
  question: v.exactOptional(question),
  expect,
  why,
};

const connect = v.strictObject({
  ...everyAttempt,
  do: v.optional(v.literal("connect"), "connect"),
  credential: v.optional(place, "header"),
  transports: v.optional(transports, ["polling", "websocket"]),
  tryAllTransports: v.optional(v.boolean(), false),
  otherTokens: v.optional(v.array(token), []),
  events: v.optional(v.array(v.strictObject({ name: text, args: v.array(v.unknown()) })), []),
});

const request = v.strictObject({
  ...everyAttempt,
  do: v.literal("request"),
  credential: v.optional(place, "header"),
  method: v.optional(v.picklist(["GET", "POST"]), "GET"),
  path: v.pipe(text, v.startsWith("/", "a path that begins with /")),
  body: v.exactOptional(v.unknown()),
});

const attempt = v.pipe(
  v.lazy((input) =>
    has(input, "do") && (input as { do: unknown }).do === "request" ? request : connect,
  ),
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
  goal: sentence,
  code: v.array(v.strictObject({ overlay: v.exactOptional(name), file: name, heading: text })),
  switches: v.strictObject({
    variant: v.picklist(VARIANTS),
    auth: v.picklist(AUTH_MODES),
    serverTransports: transports,
  }),
  fixed: v.optional(
    v.strictObject({
      variant: fixed(VARIANTS),
      auth: fixed(AUTH_MODES),
      serverTransports: fixed(["polling,websocket", "polling", "websocket"]),
    }),
    {},
  ),
  oneAtATime: v.optional(v.boolean(), false),
  show: v.strictObject({ attempt: name, client: v.picklist(CLIENTS) }),
  attempts: v.pipe(v.array(attempt), v.minLength(1, "at least one attempt")),
});
