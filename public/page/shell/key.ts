// What this tab is let in with: a key from the fragment of an address, once, and then the pass that it was given for it.

const PASS = "sandbox pass";

/** The key in an address or in its fragment; undefined if there is none. */
export function keyIn(text: string): string | undefined {
  return /#(?:.*&)?key=([\w.~-]+)/.exec(text)?.[1];
}

/** Takes the key out of the address bar. @returns the key; undefined if there is none */
export function takeKey(): string | undefined {
  const key = keyIn(location.hash);
  if (key !== undefined)
    history.replaceState(history.state, "", location.pathname + location.search);
  return key;
}

/** The pass of this tab; undefined if it has none. */
export function keptPass(): string | undefined {
  return sessionStorage.getItem(PASS) ?? undefined;
}

/** Keeps the pass for as long as this tab lives, also when it is loaded anew. */
export function keepPass(pass: string): void {
  sessionStorage.setItem(PASS, pass);
}
