// Starts the servers that the next flip of a switch would need, so that it need not wait for them.
import type { Lab } from "../lab.ts";
import { planAttempt } from "../lesson-plan.ts";
import type { Lesson, Switches } from "../lesson.ts";
import type { ServerChoice } from "../variant-pool.ts";
import { flipAuth, flipFormat, flipTransports } from "./switches.ts";

/** More would push the servers of the lesson itself out of the lab. */
const MOST_WARMED = 4;

/** Warms the servers that are one flip away. */
export function warmNeighbours(lab: Pick<Lab, "warm">, lesson: Lesson, switches: Switches): void {
  for (const choice of findNeighbours(lesson, switches)) lab.warm(choice);
}

/** The servers that one flip of format, auth mode or transports leads to, and that are not in use now. */
export function findNeighbours(lesson: Lesson, switches: Switches): ServerChoice[] {
  const now = new Set(serversOf(lesson, switches).map(keyOf));
  const flips = [flipFormat, flipAuth, flipTransports].flatMap((flip) =>
    serversOf(lesson, flip(lesson, switches).switches),
  );
  const others = new Map(flips.map((choice) => [keyOf(choice), choice]));
  return [...others]
    .flatMap(([key, choice]) => (now.has(key) ? [] : [choice]))
    .slice(0, MOST_WARMED);
}

/** The server that the first attempt meets. */
export function firstServer(lesson: Lesson, switches: Switches): ServerChoice {
  // A lesson has at least one attempt: its file is refused otherwise.
  return serversOf(lesson, switches)[0]!;
}

function serversOf(lesson: Lesson, switches: Switches): ServerChoice[] {
  return lesson.attempts.map((attempt) => {
    const { token: _token, ...choice } = planAttempt(lesson, attempt, switches);
    return choice;
  });
}

function keyOf({ variant, auth, serverTransports, overlayFolder }: ServerChoice): string {
  return [variant, auth, ...serverTransports.toSorted(), overlayFolder].join(" ");
}
