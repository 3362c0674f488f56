// The lab's own HTTP server: behind the wire's port, everything that belongs to no attempt.
import { createHash } from "node:crypto";
import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http";

/** Where the page is that makes attempts in a browser. */
export const ATTEMPT_PAGE_PATH = "/attempt.html";

/** @param others answers all requests but those for the attempt page; 404, if left out */
export function createOwnServer(others: RequestListener = answerNotFound): Server {
  return createServer((request, response) => {
    const { method, url, headers } = request;
    const isForPage = method === "GET" && url === ATTEMPT_PAGE_PATH;
    if (isForPage && LOOPBACK_HOST.test(headers.host ?? "")) void sendPage(response);
    else others(request, response);
  });
}

/** The names of this machine. A page elsewhere can make its own name point here (DNS rebinding). */
const LOOPBACK_HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/;

/** The page may run its own code and make attempts at this origin, and must not be framed. */
function headersFor(html: string): Record<string, string> {
  const code = /<script>([^]*)<\/script>/.exec(html)?.[1] ?? "";
  const hash = createHash("sha256").update(code).digest("base64");
  return {
    "Content-Security-Policy": `default-src 'none'; script-src 'sha256-${hash}'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    "Content-Type": "text/html; charset=utf-8",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
  };
}

async function sendPage(response: ServerResponse): Promise<void> {
  // The browser shall not keep the connection: an attempt begins with one of its own.
  response.setHeader("Connection", "close");
  try {
    const { attemptPage } = await import("./browser/attempt-page.ts");
    const html = await attemptPage();
    response.writeHead(200, headersFor(html)).end(html);
  } catch (error) {
    // The page's code is ours, and so is the mistake: the driver of the browser shows the reason.
    response.writeHead(500, { "Content-Type": "text/plain; charset=utf-8" }).end(String(error));
  }
}

const answerNotFound: RequestListener = (_request, response) => {
  response.writeHead(404, { "Content-Type": "text/plain" }).end("Not found\n");
};
