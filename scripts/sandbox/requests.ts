// Reads what the page asks for: a call with wrong arguments is refused in a sentence.
import * as v from "valibot";
import { CALLS } from "../model/calls.ts";
import type { ArgumentsOf, CallName } from "../model/protocol.ts";

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
function refuseDeepArguments(args: readonly unknown[]): void {
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
export function readRequest<Name extends CallName>(name: Name, args: unknown[]): ArgumentsOf<Name> {
  refuseDeepArguments(args);
  const schema: v.GenericSchema<unknown, ArgumentsOf<Name>> = CALLS[name];
  const result = v.safeParse(schema, args);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new RequestError(`"${name}": ${v.getDotPath(issue) ?? "arguments"}: ${issue.message}.`);
}
