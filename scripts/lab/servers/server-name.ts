// The name of a server for a person: in the terminal, on the page, in a log.
import path from "node:path";
import type { RunChoice } from "../client-task.ts";
import type { ServerChoice } from "./pool.ts";

/** `cjs · passport · polling+websocket`, and after it the name of an overlay, further settings, and how many servers. */
export function nameServer({
  variant,
  auth,
  serverTransports,
  overlayFolder,
  settings = {},
  servers = 1,
  sticky,
}: ServerChoice & Pick<RunChoice, "sticky">): string {
  const overlay = overlayFolder === undefined ? [] : [path.basename(overlayFolder)];
  const more = Object.entries(settings).map(([name, value]) =>
    value === null ? `without ${name}` : `${name}=${value}`,
  );
  const count = servers === 1 ? [] : [`${servers} servers${sticky ? `, sticky by ${sticky}` : ""}`];
  return [variant, auth, serverTransports.join("+"), ...overlay, ...more, ...count].join(" · ");
}
