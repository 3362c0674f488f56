// A file of a working copy that a person edits on the page.

export interface EditedFile {
  name: string;
  /** With LF. */
  text: string;
  /** Of the bytes on the disk. A file that is not there has the hash of none. */
  hash: string;
}

/** Bytes of a text on its way, in JSON. A whole message to the sandbox has 65,536 at most. */
export const LONGEST_TEXT = 60_000;

export function sizeOfText(text: string): number {
  return new TextEncoder().encode(JSON.stringify(text)).length;
}
