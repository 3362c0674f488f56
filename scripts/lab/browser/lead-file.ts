// A file that leads a browser to an address. All users of a machine can read the arguments of programs, and one of them
// could use the key in the address before the browser does; so the browser gets a file that only this user can read.
import { pathToFileURL } from "node:url";
import { storeFile } from "../stored-file.ts";

/**
 * @param file where it is put
 * @returns what to open
 * @throws StorageError (code CANNOT_STORE)
 */
export async function writeLead(file: string, address: string): Promise<string> {
  const link = address.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  const html = `<!doctype html>
<meta charset="utf-8" />
<meta name="referrer" content="no-referrer" />
<meta http-equiv="refresh" content="0; url=${link}" />
<title>Socket.IO JWT sandbox</title>
<a href="${link}">Open the sandbox</a>
`;
  await storeFile(file, html, { mode: 0o600, loss: "the browser is given the address itself" });
  return pathToFileURL(file).href;
}
