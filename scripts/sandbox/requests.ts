// What the page may ask for, checked: even a page with the key can have a mistake.
import * as v from "valibot";
import { OUTCOME } from "./outcome-schema.ts";
import { TOKEN_NAMES, AUTH_MODES, TRANSPORTS, VARIANTS } from "../model/vocabulary.ts";

const LONGEST_TOKEN = 8_192;

const variant = v.picklist(VARIANTS);
const transports = v.pipe(v.array(v.picklist(TRANSPORTS)), v.minLength(1), v.maxLength(2));
const token = v.pipe(v.string(), v.maxLength(LONGEST_TOKEN));
const tokenName = v.picklist(TOKEN_NAMES);
const tokenChoice = v.union([v.strictObject({ name: tokenName }), v.strictObject({ text: token })]);

const switches = v.strictObject({
  variant,
  auth: v.picklist(AUTH_MODES),
  serverTransports: transports,
  transports,
  tryAllTransports: v.boolean(),
  credential: v.picklist(["header", "payload", "none"]),
  scheme: v.pipe(v.string(), v.regex(/^[!-~]{1,40}$/)),
  token: tokenChoice,
});

const lesson = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(99));
const file = v.pipe(v.string(), v.regex(/^[a-z-]{1,40}$/));

/** The arguments of each call of the page, without the acknowledgement. */
export const REQUESTS = {
  lessons: v.tuple([]),
  lesson: v.tuple([lesson, variant]),
  prepare: v.tuple([v.object({ lesson: v.optional(lesson), attempt: v.string(), switches })]),
  settle: v.tuple([v.string(), OUTCOME]),
  runNode: v.tuple([v.object({ lesson: v.optional(lesson), attempt: v.string(), switches })]),
  finished: v.tuple([lesson, v.boolean()]),
  files: v.tuple([]),
  compare: v.tuple([v.union([v.strictObject({ file }), v.strictObject({ variant })])]),
  tokenNamed: v.tuple([tokenName]),
  bench: v.tuple([tokenChoice, switches]),
  mint: v.tuple([
    v.strictObject({
      algorithm: v.picklist(["HS256", "HS384", "HS512", "none"]),
      key: v.picklist(["server", "other"]),
      claims: v.record(v.string(), v.unknown()),
    }),
  ]),
  key: v.tuple([]),
  restart: v.tuple([switches]),
};

/** A call that the page must not make; the message names the argument. */
export class RequestError extends Error {
  readonly code = "BAD_REQUEST";
}

const MOST_ARGUMENTS = 4;
const MOST_LEVELS = 32;

/**
 * Looks at the arguments of any call before anything walks through them: the functions that do so call themselves for each
 * level, and enough levels overflow the stack.
 * @throws RequestError (code BAD_REQUEST)
 */
export function refuseDeepArguments(args: readonly unknown[]): void {
  if (args.length > MOST_ARGUMENTS) throw new RequestError("There are too many arguments.");
  let values = [...args];
  for (let level = 0; values.length > 0; level += 1) {
    if (level > MOST_LEVELS) throw new RequestError("The arguments nest too deeply.");
    values = values.flatMap((value) =>
      typeof value === "object" && value !== null ? Object.values(value) : [],
    );
  }
}

/** @throws RequestError (code BAD_REQUEST) */
export function readRequest<Name extends keyof typeof REQUESTS>(
  name: Name,
  args: unknown[],
): v.InferOutput<(typeof REQUESTS)[Name]> {
  const result = v.safeParse(REQUESTS[name], args);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new RequestError(`"${name}": ${v.getDotPath(issue) ?? "arguments"}: ${issue.message}.`);
}
