// The key that opens the control channel: it comes behind the # of the address, is kept for this tab, and leaves the address.

const KEPT_AS = "sandbox key";

/** The key in an address or in its fragment; undefined if there is none. */
export function keyIn(text: string): string | undefined {
  return /#(?:.*&)?key=([\w.~-]+)/.exec(text)?.[1];
}

/** Takes the key out of the address bar, where others could read it. @returns the key, or the one of before a reload */
export function takeKey(): string | undefined {
  const key = keyIn(location.hash);
  if (key === undefined) return keptKey();
  keepKey(key);
  history.replaceState(history.state, "", location.pathname + location.search);
  return key;
}

/** The key that this tab has; undefined if it has none. */
export function keptKey(): string | undefined {
  return sessionStorage.getItem(KEPT_AS) ?? undefined;
}

/** Keeps the key for as long as this tab lives. */
export function keepKey(key: string): void {
  sessionStorage.setItem(KEPT_AS, key);
}
