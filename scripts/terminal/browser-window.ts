// Opens an address in the browser that the person uses.

/**
 * Asks the system to open the address.
 * @param onFailure called with one sentence if it could not; the address is not in it, since it holds the key
 */
export async function openInBrowser(
  url: string,
  onFailure: (sentence: string) => void,
): Promise<void> {
  const fail = (reason: string): void =>
    onFailure(`No browser could be opened (${reason}): open the address above yourself.`);
  try {
    // Loaded only now: most lessons are never opened in a browser.
    const { default: open } = await import("open");
    const opener = await open(url);
    opener.once("error", ({ message }) => fail(message));
    // On some systems this is the browser itself, which ends when the person closes it.
    opener.once("exit", (code) => {
      if (code) fail(`the system's opener ended with ${code}`);
    });
  } catch (error) {
    fail((error as Error).message);
  }
}
