// Reads what the page asks for: a call with wrong arguments is refused in a sentence.
import * as v from "valibot";
import { CALLS } from "../model/calls.ts";
import type { ArgumentsOf, CallName } from "../model/protocol.ts";

/** A call that the page must not make; the message names the argument. */
export class RequestError extends Error {
  readonly code = "BAD_REQUEST";
}

/** @throws RequestError (code BAD_REQUEST) */
export function readRequest<Name extends CallName>(name: Name, args: unknown[]): ArgumentsOf<Name> {
  const schema: v.GenericSchema<unknown, ArgumentsOf<Name>> = CALLS[name];
  const result = v.safeParse(schema, args);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new RequestError(`"${name}": ${v.getDotPath(issue) ?? "arguments"}: ${issue.message}.`);
}
