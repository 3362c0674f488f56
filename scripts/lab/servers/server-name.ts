// What a server is called wherever a person reads of it: in the terminal, on the page, in a log.
import path from "node:path";
import type { ServerChoice } from "./pool.ts";

/** `cjs · passport · polling+websocket`, and the name of an overlay and further settings after it. */
export function nameServer({
  variant,
  auth,
  serverTransports,
  overlayFolder,
  settings = {},
}: ServerChoice): string {
  const overlay = overlayFolder === undefined ? [] : [path.basename(overlayFolder)];
  const more = Object.entries(settings).map((each) => each.join("="));
  return [variant, auth, serverTransports.join("+"), ...overlay, ...more].join(" · ");
}
