// What a server is called wherever a person reads of it: in the terminal, on the page, in a log.
import path from "node:path";
import type { ServerChoice } from "./pool.ts";

/** `cjs · passport · polling+websocket`, and the name of an overlay behind it. */
export function nameServer({
  variant,
  auth,
  serverTransports,
  overlayFolder,
}: ServerChoice): string {
  const overlay = overlayFolder === undefined ? [] : [path.basename(overlayFolder)];
  return [variant, auth, serverTransports.join("+"), ...overlay].join(" · ");
}
