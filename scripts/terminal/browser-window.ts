// Opens an address in the browser that the person uses.
import { rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { writeLead } from "../lab/browser/lead-file.ts";
import { StorageError, storageFolder } from "../lab/stored-file.ts";

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

/** @returns what to open */
async function leadTo(address: string): Promise<string> {
  // The browser belongs to Windows, which cannot open files of this system by their path.
  const isWindowsSubsystem = process.platform === "linux" && /microsoft/i.test(os.release());
  if (isWindowsSubsystem) return address;
  const file = path.join(storageFolder(), "open.html");
  let lead: string;
  try {
    lead = await writeLead(file, address);
  } catch (error) {
    // The key works once: if another program used it first, the browser would say so.
    if (error instanceof StorageError) return address;
    throw error;
  }
  if (!isRemovedAtEnd) process.once("exit", () => rmSync(file, { force: true }));
  isRemovedAtEnd = true;
  return lead;
}
