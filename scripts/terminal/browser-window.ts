// Opens an address in the browser that the person uses.
import { rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { KeepError, keepFile, keptFolder } from "../lab/kept-file.ts";

let isRemovedAtEnd = false;

/**
 * Asks the system to open the address.
 * @param address with a key of its own
 * @param onFailure called with one sentence if it could not; the address is not in it, since it holds the key
 */
export async function openInBrowser(
  address: string,
  onFailure: (sentence: string) => void,
): Promise<void> {
  const fail = (reason: string): void =>
    onFailure(`No browser could be opened (${reason}): open the address above yourself.`);
  try {
    // Loaded only now: most lessons are never opened in a browser.
    const { default: open } = await import("open");
    const opener = await open(await leadTo(address));
    opener.once("error", ({ message }) => fail(message));
    // On some systems this is the browser itself, which ends when the person closes it.
    opener.once("exit", (code) => {
      if (code) fail(`the system's opener ended with ${code}`);
    });
  } catch (error) {
    fail((error as Error).message);
  }
}

/**
 * All users of a machine can read the arguments of programs, and one of them could use the key before the browser does. So
 * the browser gets a file that only this user can read, which leads to the address.
 * @returns what to open
 */
async function leadTo(address: string): Promise<string> {
  // The browser belongs to Windows, which cannot open files of this system by their path.
  const isWindowsSubsystem = process.platform === "linux" && /microsoft/i.test(os.release());
  if (isWindowsSubsystem) return address;
  const file = path.join(keptFolder(), "open.html");
  const link = address.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  const html = `<!doctype html>
<meta charset="utf-8" />
<meta name="referrer" content="no-referrer" />
<meta http-equiv="refresh" content="0; url=${link}" />
<title>Socket.IO JWT sandbox</title>
<a href="${link}">Open the sandbox</a>
`;
  try {
    await keepFile(file, html, { mode: 0o600, loss: "the browser is given the address itself" });
  } catch (error) {
    // The key works once: if another program used it first, the browser would say so.
    if (error instanceof KeepError) return address;
    throw error;
  }
  if (!isRemovedAtEnd) process.once("exit", () => rmSync(file, { force: true }));
  isRemovedAtEnd = true;
  return pathToFileURL(file).href;
}
