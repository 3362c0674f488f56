// Decides what an attempt is run with, and whether its lesson says something about that.
import path from "node:path";
import type { Attempt } from "../../model/attempt.ts";
import type { Lesson } from "../../model/lesson.ts";
import { allows, type ServerSwitches } from "../../model/switches.ts";
import type { RunChoice } from "../client-task.ts";
import type { ServerChoice } from "../servers/pool.ts";

/**
 * The server and the acts of an attempt. What the attempt sets for itself comes before what the person chose.
 * @param lesson undefined in the free sandbox, where there is only the own attempt
 */
export function choiceOf(
  lesson: Lesson | undefined,
  attempt: Attempt,
  switches: ServerSwitches,
): RunChoice {
  const { overlay, settings, servers, sticky, acts } = attempt;
  const { variant, auth, serverTransports } = { ...switches, ...serverOf(attempt) };
  return {
    variant,
    auth,
    serverTransports,
    ...(lesson && overlay ? { overlayFolder: path.join(lesson.folder, overlay) } : {}),
    ...(settings && { settings }),
    ...(servers && { servers }),
    ...(sticky && { sticky }),
    isAlone: lesson?.oneAtATime ?? false,
    acts,
  };
}

/** The server that the first attempt meets. */
export function firstServer(lesson: Lesson, switches: ServerSwitches): ServerChoice {
  // A lesson has at least one attempt: its file is refused otherwise.
  const { acts: _acts, ...server } = choiceOf(lesson, lesson.attempts[0]!, switches);
  return server;
}

/** What the attempt sets for itself. */
function serverOf({ variant, auth, serverTransports }: Attempt): Partial<ServerSwitches> {
  return {
    ...(variant && { variant }),
    ...(auth && { auth }),
    ...(serverTransports && { serverTransports }),
  };
}

/** Whether what the lesson says of the attempt holds for these switches. */
export function isClaimed(lesson: Lesson, attempt: Attempt, switches: ServerSwitches): boolean {
  const { fixed } = lesson;
  const own = { to: [lesson.switches.serverTransports.join()] };
  return (
    attempt.expect !== undefined &&
    (attempt.variant !== undefined || isAllowed(fixed.variant, switches.variant)) &&
    (attempt.auth !== undefined || isAllowed(fixed.auth, switches.auth)) &&
    (attempt.serverTransports !== undefined ||
      isAllowed(fixed.serverTransports ?? own, switches.serverTransports.join()))
  );
}

function isAllowed(fixed: { to: readonly string[] } | undefined, value: string): boolean {
  return fixed === undefined || allows(fixed, value);
}
