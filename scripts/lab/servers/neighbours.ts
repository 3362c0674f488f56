// Finds the servers that the next flip of a switch would need, so that they can be started before it.
import { choiceOf } from "../lessons/choice.ts";
import type { Attempt } from "../../model/attempt.ts";
import type { Lesson } from "../../model/lesson.ts";
import type { ServerSwitches } from "../../model/switches.ts";
import { MOST_IDLE, type ServerChoice, serverKey } from "./pool.ts";
import { AUTH_MODES, TRANSPORT_CHOICES, type Transport, VARIANTS } from "../../model/vocabulary.ts";

/** What a person has in front of them: the servers that it meets, and the values that its switches may take. */
export interface Scene {
  serversOf: (switches: ServerSwitches) => ServerChoice[];
  /** What a lesson does not let run free. */
  fixed: Lesson["fixed"];
}

/** A lesson, whose attempts may choose servers for themselves, and beside it the person's own attempt. */
export function lessonScene(lesson: Lesson): Scene {
  return {
    serversOf: (switches) => [
      ...lesson.attempts.map((attempt) => serverOf(lesson, attempt, switches)),
      ...ownScene.serversOf(switches),
    ],
    fixed: lesson.fixed,
  };
}

/** A single attempt at the server that the switches describe. */
export const ownScene: Scene = {
  serversOf: ({ variant, auth, serverTransports }) => [{ variant, auth, serverTransports }],
  fixed: {},
};

/** A token, presented in every auth mode. */
export const benchScene: Scene = {
  serversOf: ({ variant, serverTransports }) =>
    AUTH_MODES.map((auth) => ({ variant, auth, serverTransports })),
  fixed: {},
};

/**
 * The servers that one flip of format, auth mode or transports leads to, and that are not in use now: first those of
 * the next value of each switch, then those of the others. Together with those in use they are as many as stay
 * running, so that none pushes another out.
 */
export function findNeighbours(
  { serversOf, fixed }: Scene,
  switches: ServerSwitches,
): ServerChoice[] {
  const now = new Set(serversOf(switches).map(serverKey));
  const others = new Map<string, ServerChoice>();
  for (const flipped of flips(fixed, switches))
    for (const choice of serversOf({ ...switches, ...flipped }))
      others.set(serverKey(choice), choice);
  return [...others]
    .flatMap(([key, choice]) => (now.has(key) ? [] : [choice]))
    .slice(0, Math.max(0, MOST_IDLE - now.size));
}

/** The server that the first attempt meets. */
export function firstServer(lesson: Lesson, switches: ServerSwitches): ServerChoice {
  // A lesson has at least one attempt: its file is refused otherwise.
  return serverOf(lesson, lesson.attempts[0]!, switches);
}

function serverOf(lesson: Lesson, attempt: Attempt, switches: ServerSwitches): ServerChoice {
  const { acts: _acts, isAlone: _isAlone, ...server } = choiceOf(lesson, attempt, switches);
  return server;
}

/** One switch flipped in each; the next values of all switches come before any further value. */
function flips(fixed: Lesson["fixed"], switches: ServerSwitches): Partial<ServerSwitches>[] {
  const transports = switches.serverTransports.toSorted().join();
  const formats = otherValues(VARIANTS, switches.variant, fixed.variant?.to);
  const modes = otherValues(AUTH_MODES, switches.auth, fixed.auth?.to);
  const offers = otherValues(TRANSPORT_CHOICES, transports, fixed.serverTransports?.to);
  const ranked = [
    ...formats.map((variant, rank) => ({ rank, flip: { variant } })),
    ...modes.map((auth, rank) => ({ rank, flip: { auth } })),
    ...offers.map((offer, rank) => {
      return { rank, flip: { serverTransports: offer.split(",") as Transport[] } };
    }),
  ];
  return ranked.toSorted((one, other) => one.rank - other.rank).map(({ flip }) => flip);
}

/** In the order in which a key goes through them, beginning behind the value that is set. */
function otherValues<Value extends string>(
  values: readonly Value[],
  now: string,
  allowed: readonly string[] = values,
): Value[] {
  const at = values.findIndex((value) => value === now);
  const inTurn = [...values.slice(at + 1), ...values.slice(0, Math.max(0, at))];
  return inTurn.filter((value) => allowed.includes(value));
}
