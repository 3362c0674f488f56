// What a page may say that it experienced in an attempt: what `makeAttempt` and `makeRequest` return, and nothing else.
import * as v from "valibot";
import type { Answered, Outcome } from "../model/outcome.ts";
import { TRANSPORTS } from "../model/vocabulary.ts";

const LONGEST_TEXT = 16_384;
const MOST_CONNECTIONS = 16;
const MOST_EVENTS = 256;

const text = v.pipe(v.string(), v.maxLength(LONGEST_TEXT));
const durationMs = v.pipe(v.number(), v.minValue(0));
const cutShort = v.strictObject({ lateMs: v.pipe(v.number(), v.minValue(0)) });
const transport = v.picklist(TRANSPORTS);
const status = v.pipe(v.number(), v.integer(), v.minValue(100), v.maxValue(999));
const list = <Item extends v.GenericSchema>(item: Item, most: number) =>
  v.pipe(v.array(item), v.maxLength(most));

/** JSON leaves out what is undefined. */
const maybe = <Schema extends v.GenericSchema>(schema: Schema) =>
  v.optional(schema, () => undefined);

const connected = v.strictObject({
  result: v.literal("connected"),
  user: maybe(v.strictObject({ id: v.number(), username: text })),
  firstTransport: transport,
  lastTransport: transport,
  replies: list(v.unknown(), MOST_EVENTS),
  received: list(list(v.array(v.unknown()), MOST_EVENTS), MOST_CONNECTIONS),
  durationMs,
  cutShort: v.exactOptional(cutShort),
});

const refused = v.strictObject({
  result: v.literal("refused"),
  refusedBy: v.picklist(["handshake", "namespace"]),
  message: text,
  description: maybe(v.union([text, v.number()])),
  status: maybe(status),
  body: maybe(text),
  data: v.optional(v.unknown(), () => undefined),
  willRetry: v.boolean(),
  durationMs,
});

const unanswered = v.strictObject({
  result: v.literal("unanswered"),
  durationMs,
  cutShort: v.exactOptional(cutShort),
});

const answered = v.strictObject({
  result: v.literal("answered"),
  status,
  challenge: maybe(text),
  body: v.optional(v.unknown(), () => undefined),
  durationMs,
});

export const OUTCOME: v.GenericSchema<unknown, Outcome | Answered> = v.variant("result", [
  connected,
  refused,
  unanswered,
  answered,
]);
