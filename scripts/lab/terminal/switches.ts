// Flips the switches of a lesson, as far as the lesson lets them run free.
import type { Lesson, Switches } from "../lesson/lesson.ts";
import { TOKEN_NAMES, type TokenName, TOKENS } from "../attempt/named-tokens.ts";
import { AUTH_MODES, type Transport, TRANSPORT_CHOICES, VARIANTS } from "../variants/variants.ts";

/** The switches after a flip, and a sentence about it; the same switches where the lesson does not allow another value. */
export interface Flip {
  switches: Switches;
  notice: string;
}

/** Takes the next value that the lesson allows, or the one before it. */
function nextValue<Value extends string>(
  values: readonly Value[],
  now: Value,
  { allowed, step }: { allowed: readonly string[] | undefined; step: number },
): Value {
  const open = values.filter((value) => allowed === undefined || allowed.includes(value));
  const index = (open.indexOf(now) + step + open.length) % open.length;
  return open[index] ?? now;
}

/** Flips the module format. */
export function flipFormat({ fixed }: Lesson, switches: Switches): Flip {
  const allowed = fixed.variant?.to;
  const variant = nextValue(VARIANTS, switches.variant, { allowed, step: 1 });
  return { switches: { ...switches, variant }, notice: fixed.variant?.reason ?? "" };
}

/** Flips the way in which the server checks the token. */
export function flipAuth({ fixed }: Lesson, switches: Switches): Flip {
  const allowed = fixed.auth?.to;
  const auth = nextValue(AUTH_MODES, switches.auth, { allowed, step: 1 });
  return { switches: { ...switches, auth }, notice: fixed.auth?.reason ?? "" };
}

/** Flips which transports the server offers. */
export function flipTransports({ fixed }: Lesson, switches: Switches): Flip {
  const allowed = fixed.serverTransports?.to;
  const now = switches.serverTransports.toSorted().join() as (typeof TRANSPORT_CHOICES)[number];
  const next = nextValue(TRANSPORT_CHOICES, now, { allowed, step: 1 });
  const serverTransports = next.split(",") as Transport[];
  return {
    switches: { ...switches, serverTransports },
    notice: fixed.serverTransports?.reason ?? "",
  };
}

/** Goes through the tokens; the last step leads back to those that the lesson chose. */
export function flipToken({ fixed }: Lesson, switches: Switches, step: 1 | -1): Flip {
  if (fixed.token !== undefined) return { switches, notice: fixed.token.reason };
  const { token, ...others } = switches;
  const choices: (TokenName | "")[] = ["", ...TOKEN_NAMES];
  const next = nextValue(choices, token ?? "", { allowed: undefined, step });
  if (next === "")
    return {
      switches: others,
      notice: "Each attempt presents the token that the lesson gives it.",
    };
  return {
    switches: { ...others, token: next },
    notice: `Every attempt presents the token "${next}": ${TOKENS[next]}`,
  };
}
