// Decides what an attempt of a lesson is run with, and whether the lesson says something about that.
import path from "node:path";
import type { Lesson, LessonAttempt, Switches } from "../../model/lesson.ts";
import type { ServerChoice } from "../servers/pool.ts";
import type { TokenName, AuthMode, Transport, Variant } from "../../model/vocabulary.ts";

/** The server and the token of an attempt. */
export interface Plan {
  variant: Variant;
  auth: AuthMode;
  serverTransports: Transport[];
  token: TokenName;
  /** Absolute; files to lay over the variant. */
  overlayFolder?: string;
  /** Where attempts would see each other. */
  isAlone: boolean;
}

/** What the attempt sets for itself comes before what the learner chose. */
export function planAttempt(lesson: Lesson, attempt: LessonAttempt, switches: Switches): Plan {
  const { variant, auth, serverTransports, token, overlay } = attempt;
  const presentsToken = attempt.credential !== "none";
  return {
    variant: variant ?? switches.variant,
    auth: auth ?? switches.auth,
    serverTransports: serverTransports ?? switches.serverTransports,
    token: (presentsToken ? switches.token : undefined) ?? token,
    isAlone: lesson.oneAtATime,
    ...(overlay === undefined ? {} : { overlayFolder: path.join(lesson.folder, overlay) }),
  };
}

/** The server that the first attempt meets. */
export function firstServer(lesson: Lesson, switches: Switches): ServerChoice {
  // A lesson has at least one attempt: its file is refused otherwise.
  const { token: _token, ...choice } = planAttempt(lesson, lesson.attempts[0]!, switches);
  return choice;
}

/** Whether the attempt's expectation holds for these switches. */
export function hasExpectation(
  lesson: Lesson,
  attempt: LessonAttempt,
  switches: Switches,
): boolean {
  const { fixed } = lesson;
  const { variant, auth, serverTransports, token } = planAttempt(lesson, attempt, switches);
  return (
    token === attempt.token &&
    (attempt.variant !== undefined || allows(fixed.variant?.to, variant)) &&
    (attempt.auth !== undefined || allows(fixed.auth?.to, auth)) &&
    (attempt.serverTransports !== undefined ||
      allows(
        fixed.serverTransports?.to ?? [namesOf(lesson.switches.serverTransports)],
        namesOf(serverTransports),
      ))
  );
}

function allows(values: string[] | undefined, value: string): boolean {
  return values === undefined || values.includes(value);
}

/** The order in which a server lists its transports changes nothing. */
function namesOf(transports: Transport[]): string {
  return transports.toSorted().join();
}
