// Answers the requests for the page's own files. Nothing here changes anything.
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { type Keys, NO_KEY } from "./keys.ts";
import { NOT_OURS, type OwnAddress } from "./own-address.ts";
import type { PageFiles } from "./page-files.ts";
import { isView } from "../model/address.ts";
import { PROOF_PATH } from "../model/protocol.ts";

const HEADERS = {
  // Everything from here, no inline code, no frame around it; but frames of other origins of this machine, which make attempts.
  "Content-Security-Policy":
    "default-src 'self'; frame-src http://127.0.0.1:* http://localhost:*; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  // The next run of the sandbox may have other files at the same address.
  "Cache-Control": "no-cache",
};

interface PageServerOptions {
  own: OwnAddress;
  keys: Keys;
  /** The name of the BroadcastChannel of the tabs. */
  tabs: string;
  /** Gives the built page. */
  pageFiles: () => Promise<PageFiles>;
}

export function servePage(options: PageServerOptions): RequestListener {
  const { own } = options;
  return (request, response) => {
    if (request.url?.startsWith(`${PROOF_PATH}?`)) return sendProof(request, response, options);
    if (!own.isHost(request.headers)) return send(response, 403, NOT_OURS);
    if (request.method !== "GET" && request.method !== "HEAD")
      return send(response, 405, "There is nothing to change here.");
    sendFile(request, response, options).catch((error: unknown) => {
      // The page's sources are ours, and so is the mistake in them.
      send(response, 500, `The page could not be built: ${(error as Error).message}`);
    });
  };
}

/** Proves to a page that this is the sandbox which issued its key or pass, or says why it does not. */
function sendProof(
  { url, headers }: IncomingMessage,
  response: ServerResponse,
  { own, keys }: PageServerOptions,
): void {
  const query = new URLSearchParams(url!.slice(PROOF_PATH.length));
  const [name = "", nonce = "", origin = ""] = ["name", "nonce", "origin"].map(
    (part) => query.get(part) ?? "",
  );
  const isOurs = own.isHost(headers) && own.has(origin);
  const proof = isOurs ? keys.prove({ name, nonce, origin }) : undefined;
  const reply = proof === undefined ? { error: isOurs ? NO_KEY : NOT_OURS } : { proof };
  response.writeHead(200, { ...HEADERS, "Content-Type": "application/json" });
  response.end(JSON.stringify(reply));
}

async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  { pageFiles, tabs }: PageServerOptions,
): Promise<void> {
  const [path = "/", query] = (request.url ?? "/").split(/\?(.*)/s);
  // Typed by hand, a view may have a slash at its end.
  if (path.endsWith("/") && path !== "/" && isView(path.slice(0, -1))) {
    const Location = path.slice(0, -1) + (query === undefined ? "" : `?${query}`);
    return void response.writeHead(308, { ...HEADERS, Location }).end();
  }
  const files = await pageFiles();
  const page = files.get("/index.html");
  const known = isView(path) ? page : files.get(path);
  // The page itself says that it has no such view, and shows the way back.
  const file = known ?? (isOfFile(path) ? undefined : page);
  if (file === undefined) return send(response, 404, "There is no such file.");
  const isInTab = file === page && request.headers["sec-fetch-dest"] === "document";
  const body = isInTab ? nameTabs(file.body, tabs) : file.body;
  response.writeHead(known === undefined ? 404 : 200, {
    ...HEADERS,
    "Content-Type": file.type,
    "Content-Length": body.byteLength,
  });
  response.end(body);
}

/**
 * Adds the name of the channel on which tabs ask each other for a key. Only documents that are shown in a tab contain it:
 * scripts cannot set that header, so other code of this origin, such as a page of a demo server under /attempt/, does not
 * learn the name with `fetch`.
 */
function nameTabs(html: Uint8Array, tabs: string): Uint8Array {
  const meta = `<meta name="tabs" content="${tabs}" /></head>`;
  return Buffer.from(Buffer.from(html).toString().replace("</head>", meta));
}

/** What has an ending is a file. */
function isOfFile(path: string): boolean {
  return /\.[^/]*$/.test(path);
}

function send(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { ...HEADERS, "Content-Type": "text/plain; charset=utf-8" });
  response.end(`${sentence}\n`);
}
