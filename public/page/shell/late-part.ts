// A part of the page that the first view does not need: it is loaded when it is first to be shown.

let tell: () => void = () => undefined;

/** @param listener called when a part has been loaded, so that it can be shown */
export function whenLoaded(listener: () => void): void {
  tell = listener;
}

/** Gives a part once it is loaded; until then undefined, and the loading begins. */
export function latePart<Part>(load: () => Promise<Part>): () => Part | undefined {
  let part: Part | undefined;
  let isLoading = false;

  async function begin(): Promise<void> {
    isLoading = true;
    try {
      part = await load();
      tell();
    } catch (error) {
      // Most likely the server is away, as the banner says: what is shown when it is back asks again.
      console.error(error);
      isLoading = false;
    }
  }

  return () => {
    if (part === undefined && !isLoading) void begin();
    return part;
  };
}
