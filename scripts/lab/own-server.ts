// The lab's own HTTP server: on the wire's port, it answers all requests outside the attempts.
import { createHash } from "node:crypto";
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import { ATTEMPT_PAGE_PATH } from "../model/vocabulary.ts";

/** @param others answers all requests but those for the attempt page; 404, if left out */
export function createOwnServer(others: RequestListener = answerNotFound): Server {
  return createServer((request, response) => {
    if (isForPage(request)) void sendPage(response, AT_HOME);
    else others(request, response);
  });
}

/** At another port: the same page, of another origin. */
export function createOtherServer(): Server {
  return createServer((request, response) => {
    if (isForPage(request)) void sendPage(response, ELSEWHERE);
    else answerNotFound(request, response);
  });
}

function isForPage({ method, url, headers }: IncomingMessage): boolean {
  const isItsPath = method === "GET" && url === ATTEMPT_PAGE_PATH;
  return isItsPath && LOOPBACK_HOST.test(headers.host ?? "");
}

/** The names of this machine. A page elsewhere can make its own name point here (DNS rebinding). */
const LOOPBACK_HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/;

const LOOPBACK = "http://127.0.0.1:* http://localhost:*";
/** The page makes attempts at its own origin, is in no frame, and has frames of other origins of this machine. */
const AT_HOME = `connect-src 'self'; frame-ancestors 'none'; frame-src ${LOOPBACK}`;
/** In a frame of such a page, it makes attempts at the origin of that one. */
const ELSEWHERE = `connect-src ${LOOPBACK} ${LOOPBACK.replaceAll("http", "ws")}; frame-ancestors ${LOOPBACK}`;

/** The page may run no code but its own. */
function headersFor(html: string, policy: string): Record<string, string> {
  const code = /<script>([^]*)<\/script>/.exec(html)?.[1] ?? "";
  const hash = createHash("sha256").update(code).digest("base64");
  return {
    "Content-Security-Policy": `default-src 'none'; script-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'; ${policy}`,
    "Content-Type": "text/html; charset=utf-8",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
  };
}

async function sendPage(response: ServerResponse, policy: string): Promise<void> {
  // The browser must not reuse the connection: an attempt begins with one of its own.
  response.setHeader("Connection", "close");
  try {
    const { attemptPage } = await import("./browser/attempt-page.ts");
    const html = await attemptPage();
    response.writeHead(200, headersFor(html, policy)).end(html);
  } catch (error) {
    // The page's code is ours, and so is the mistake: the driver of the browser shows the reason.
    response.writeHead(500, { "Content-Type": "text/plain; charset=utf-8" }).end(String(error));
  }
}

const answerNotFound: RequestListener = (_request, response) => {
  response.writeHead(404, { "Content-Type": "text/plain" }).end("Not found\n");
};
