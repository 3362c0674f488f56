// A part of the page that the first view does not need: it is loaded when it is first to be shown.

let tell: () => void = () => undefined;

/** @param listener called when a part has been loaded, so that it can be shown */
export function whenLoaded(listener: () => void): void {
  tell = listener;
}

/**
 * Gives a part once it is loaded; until then undefined, and the loading begins, if the sandbox is reachable: Chromium never
 * fetches again what it could not fetch once.
 */
export function latePart<Part>(
  load: () => Promise<Part>,
): (isReachable: boolean) => Part | undefined {
  let part: Part | undefined;
  let hasBegun = false;

  async function begin(): Promise<void> {
    hasBegun = true;
    try {
      part = await load();
      tell();
    } catch (error) {
      // The server went away this moment. What helps is to load the whole page again.
      console.error(error);
    }
  }

  return (isReachable) => {
    if (part === undefined && !hasBegun && isReachable) void begin();
    return part;
  };
}
