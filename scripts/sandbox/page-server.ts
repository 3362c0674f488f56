// Answers the requests for the page's own files. Nothing here changes anything, and nothing here is secret.
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { NOT_OURS, type OwnAddress } from "./own-address.ts";
import type { PageFiles } from "./page-files.ts";

const HEADERS = {
  // Everything from here, no inline code, no frame around it.
  "Content-Security-Policy":
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  // The next run of the sandbox may have other files at the same address.
  "Cache-Control": "no-cache",
};

/** The addresses that the page shows its views at; all are the same file. */
const VIEW = /^\/(?:lesson\/\d{1,3}|compare(?:\/[a-z-]{1,40})?|sandbox|bench)?$/;

/** @param pageFiles gives the built page */
export function servePage(own: OwnAddress, pageFiles: () => Promise<PageFiles>): RequestListener {
  return (request, response) => {
    if (!own.isHost(request.headers)) return send(response, 403, NOT_OURS);
    if (request.method !== "GET" && request.method !== "HEAD")
      return send(response, 405, "There is nothing to change here.");
    sendFile(request, response, pageFiles).catch((error: unknown) => {
      // The page's sources are ours, and so is the mistake in them.
      send(response, 500, `The page could not be built: ${(error as Error).message}`);
    });
  };
}

async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  pageFiles: () => Promise<PageFiles>,
): Promise<void> {
  const [path = "/", query] = (request.url ?? "/").split(/\?(.*)/s);
  // Typed by hand, a view may have a slash at its end.
  if (path.endsWith("/") && path !== "/" && VIEW.test(path.slice(0, -1))) {
    const Location = path.slice(0, -1) + (query === undefined ? "" : `?${query}`);
    return void response.writeHead(308, { ...HEADERS, Location }).end();
  }
  const files = await pageFiles();
  const known = files.get(VIEW.test(path) ? "/index.html" : path);
  // The page itself says that it has no such view, and shows the way back.
  const file = known ?? (isOfFile(path) ? undefined : files.get("/index.html"));
  if (file === undefined) return send(response, 404, "There is no such file.");
  response.writeHead(known === undefined ? 404 : 200, {
    ...HEADERS,
    "Content-Type": file.type,
    "Content-Length": file.body.byteLength,
  });
  response.end(file.body);
}

/** What has an ending is a file. */
function isOfFile(path: string): boolean {
  return /\.[^/]*$/.test(path);
}

function send(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { ...HEADERS, "Content-Type": "text/plain; charset=utf-8" });
  response.end(`${sentence}\n`);
}
