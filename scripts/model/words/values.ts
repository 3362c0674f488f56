// Values and times in words. Pure.

// A token is shown by its end only, wherever it stands: the answer to a login above all.
const TOKEN = /\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g;

/** A value on one line: text as it is, everything else as JSON; tokens masked. */
export function valueWords(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing");
  return text.replaceAll(TOKEN, (token) => `…${token.slice(-6)}`);
}

/** `note {"text":"hello"}` */
export function eventWords([name, ...args]: readonly unknown[]): string {
  return [name, ...args].map(valueWords).join(" ");
}

/** Which of several servers. */
export function serverWords(number: number): string {
  return `server ${number}`;
}

/** Milliseconds, without the unit: one decimal below 100, thousands set apart. */
export function timeWords(atMs: number): string {
  return atMs < 100 ? atMs.toFixed(1) : Math.round(atMs).toLocaleString("en-GB");
}

/** At the end of a title: which of several servers it is about. A line that is too long is not broken before the number. */
export function atServer(number: number): string {
  return ` · server\u{A0}${number}`;
}

/** `3 ms`, `214 ms`, `1.2 s`. */
export function durationWords(milliseconds: number): string {
  return milliseconds < 1000
    ? `${Math.round(milliseconds)} ms`
    : `${(milliseconds / 1000).toFixed(1)} s`;
}
