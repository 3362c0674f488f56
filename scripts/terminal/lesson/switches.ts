// Flips the switches of a lesson, as far as the lesson lets them run free.
import type { FixedSwitch, Lesson, Switches } from "../../model/lesson.ts";
import {
  TOKEN_NAMES,
  type TokenName,
  TOKENS,
  AUTH_MODES,
  type Transport,
  TRANSPORT_CHOICES,
  VARIANTS,
} from "../../model/vocabulary.ts";

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

/** The next value that the lesson allows; where that skips one, the notice says why. */
function flip<Value extends string>(
  values: readonly Value[],
  now: Value,
  fixed: FixedSwitch | undefined,
): { next: Value; notice: string } {
  const next = nextValue(values, now, { allowed: fixed?.to, step: 1 });
  const isSkipping = next !== nextValue(values, now, { allowed: undefined, step: 1 });
  return { next, notice: isSkipping ? (fixed?.reason ?? "") : "" };
}

/** Flips the module format. */
export function flipFormat({ fixed }: Lesson, switches: Switches): Flip {
  const { next, notice } = flip(VARIANTS, switches.variant, fixed.variant);
  return { switches: { ...switches, variant: next }, notice };
}

/** Flips the way in which the server checks the token. */
export function flipAuth({ fixed }: Lesson, switches: Switches): Flip {
  const { next, notice } = flip(AUTH_MODES, switches.auth, fixed.auth);
  return { switches: { ...switches, auth: next }, notice };
}

/** Flips which transports the server offers. */
export function flipTransports({ fixed }: Lesson, switches: Switches): Flip {
  const now = switches.serverTransports.toSorted().join() as (typeof TRANSPORT_CHOICES)[number];
  const { next, notice } = flip(TRANSPORT_CHOICES, now, fixed.serverTransports);
  return { switches: { ...switches, serverTransports: next.split(",") as Transport[] }, notice };
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
