// What a lesson can say of an outcome and of its trace: the fields that must be so. What is left out is not compared.
import * as v from "valibot";
import { KINDS, type Kind, UNDONE } from "./acts.ts";
import { whole } from "./schema-pieces.ts";
import type { Client } from "./vocabulary.ts";

/** A number, or the least that it must be where the rest depends on how fast the machine is. */
const count = v.lazy((input) =>
  typeof input === "object" ? v.strictObject({ atLeast: whole }) : whole,
);

const wire = v.strictObject({
  /** How often the server checked a credential. */
  checks: v.exactOptional(count),
  /** How many HTTP requests there were. */
  requests: v.exactOptional(count),
  /** How many requests had a token in their URL. */
  urlsWithToken: v.exactOptional(count),
  /** How many requests brought a token in a cookie. */
  cookies: v.exactOptional(count),
  /** How many events the server had sent on a connection before it refused the socket there. */
  eventsBeforeRefusal: v.exactOptional(count),
  /** Whether a websocket was opened (101), at once or by an upgrade. */
  websocket: v.exactOptional(v.boolean()),
  /** The status of the last HTTP answer, whether or not the client learned it; null where there was none. */
  status: v.exactOptional(v.nullable(whole)),
  /** The challenge in the last HTTP answer (`WWW-Authenticate`); null where there was none. */
  challenge: v.exactOptional(v.nullable(v.string())),
  /** Whether a TCP connection was cut. */
  cut: v.exactOptional(v.boolean()),
  /** The algorithm that the last seen token names in its header. */
  algorithm: v.exactOptional(v.string()),
  /** Some claims of the last seen token. */
  claims: v.exactOptional(v.record(v.string(), v.unknown())),
});
/** What went over the wire, as far as a lesson says something about it. */
export type ExpectedWire = v.InferOutput<typeof wire>;

/** The fields of an outcome that must be so; null stands for "not visible". */
export type Claims = { result: string } & Record<string, unknown>;

/** What a lesson says of an attempt: of the outcome of its last act, and of the trace of all. */
export type Expectation = Claims & { wire?: ExpectedWire };

/** The same for both clients (`both`), or something for each. */
export function forClients<Value>(
  value: v.GenericSchema<unknown, Value>,
): v.GenericSchema<unknown, Record<Client, Value>> {
  return v.pipe(
    v.lazy((input) =>
      typeof input === "object" && input !== null && "both" in input
        ? v.strictObject({ both: value })
        : v.strictObject({ browser: value, node: value }),
    ),
    v.transform((given) => ("both" in given ? { browser: given.both, node: given.both } : given)),
  );
}

/** What a lesson can expect of the outcome of such an act. */
export function claimsOf(kind: Kind): v.GenericSchema<unknown, Record<Client, Claims>> {
  return forClients(strictly<Claims>(fieldsOf(kind)));
}

/** The same, and of the trace. */
export function expectationOf(kind: Kind): v.GenericSchema<unknown, Record<Client, Expectation>> {
  return forClients(strictly<Expectation>({ ...fieldsOf(kind), wire: v.exactOptional(wire) }));
}

/** TypeScript cannot know the fields of a table that is made here. */
function strictly<Output>(entries: v.ObjectEntries): v.GenericSchema<unknown, Output> {
  return v.strictObject(entries) as unknown as v.GenericSchema<unknown, Output>;
}

/** The fields that the outcome of any act can have; each may be left out, and null. */
function fieldsOf(kind: Kind): v.ObjectEntries {
  const outcomes = [...KINDS[kind].outcomes, ...UNDONE];
  const entries = outcomes.flatMap((outcome) => Object.entries<v.GenericSchema>(outcome.entries));
  const fields = entries.map(([name, schema]) => {
    const value = "wrapped" in schema ? (schema.wrapped as v.GenericSchema) : schema;
    return [name, v.exactOptional(v.nullable(value))] as const;
  });
  const { durationMs: _time, result: _result, ...others } = Object.fromEntries(fields);
  const results = outcomes.map((outcome) => outcome.entries.result.literal);
  return { result: v.picklist(results), ...others };
}
