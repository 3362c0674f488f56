// What opens the sandbox for this tab: first a key from the fragment of the address, then the pass that it got for it.

const PASS = "sandbox pass";

/** The key in an address or in its fragment; undefined if there is none. */
export function keyIn(text: string): string | undefined {
  return /#(?:.*&)?key=([\w.~-]+)/.exec(text)?.[1];
}

/** Takes the key out of the address bar. @returns the key; undefined if there is none */
export function takeKey(): string | undefined {
  const key = keyIn(location.hash);
  if (key !== undefined) {
    const rest = new URL(location.href);
    rest.hash = "";
    history.replaceState(history.state, "", rest);
  }
  return key;
}

/** The pass of this tab; undefined if it has none. */
export function storedPass(): string | undefined {
  return sessionStorage.getItem(PASS) ?? undefined;
}

/** Stores the pass for this tab, also across reloads. */
export function storePass(pass: string): void {
  sessionStorage.setItem(PASS, pass);
}
