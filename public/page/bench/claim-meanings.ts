// What each claim is for, and what the demo server makes of it. Pure.
import { printableValue } from "../../../scripts/model/words/printable.ts";
import { dateWords, MOST_DAYS } from "../../../scripts/model/words/token.ts";

// No plain object: a claim may be called `constructor`.
const MEANINGS = new Map(
  Object.entries({
    iss: "Issuer: who made it (RFC 7519 §4.1.1). The demo server takes the tokens of one issuer only.",
    sub: "Subject: whom it is about (RFC 7519 §4.1.2). The demo server does not ask for it.",
    aud: "Audience: for whom it is meant (RFC 7519 §4.1.3). The demo server must find its own name in it.",
    exp: "Expiration time: from then on nobody may accept it (RFC 7519 §4.1.4).",
    nbf: "Not before: until then nobody may accept it (RFC 7519 §4.1.5).",
    iat: "Issued at: how old it is (RFC 7519 §4.1.6). After a logout everywhere, the demo server refuses what was issued before.",
    jti: "JWT ID: a name of its own, so that it can be refused a second time (RFC 7519 §4.1.7). The demo server does not ask for it.",
    sid: "Session ID: one per login, which a logout revokes (registered with IANA).",
    data: "The user, in a claim of the demo server's own (RFC 7519 §4.3). Anybody who holds the token can read it.",
  }),
);

export function claimMeaning(name: string): string {
  return (
    MEANINGS.get(name) ??
    "A claim that the demo server does not know, and so ignores (RFC 7519 §4)."
  );
}

const MOMENTS = new Set(["exp", "nbf", "iat"]);

/** The value, and for a moment what it says on clock and calendar. */
export function claimValue(name: string, value: unknown): { value: string; moment?: string } {
  const shown = { value: printableValue(value) };
  return MOMENTS.has(name) && typeof value === "number"
    ? { ...shown, moment: dateWords(value) }
    : shown;
}

/** `59 min 02 s`, `2 h 05 min`, `3 days`: as exact as one wants to watch it. @param seconds not negative */
export function countdown(seconds: number): string {
  const whole = Math.floor(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${twoDigits(whole % 60)} s`;
  if (whole < 86_400)
    return `${Math.floor(whole / 3600)} h ${twoDigits(Math.floor((whole % 3600) / 60))} min`;
  const days = Math.floor(whole / 86_400);
  if (days > MOST_DAYS) return "more than 1000 years";
  return days === 1 ? "1 day" : `${days} days`;
}

function twoDigits(count: number): string {
  return String(count).padStart(2, "0");
}
