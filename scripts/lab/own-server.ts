// The lab's own HTTP server: behind the wire's port, everything that belongs to no attempt.
import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http";

/** Where the page is that makes attempts in a browser. */
export const ATTEMPT_PAGE_PATH = "/attempt.html";

/** @param others answers all requests but those for the attempt page; 404, if left out */
export function createOwnServer(others: RequestListener = answerNotFound): Server {
  return createServer((request, response) => {
    if (request.method === "GET" && request.url === ATTEMPT_PAGE_PATH) void sendPage(response);
    else others(request, response);
  });
}

async function sendPage(response: ServerResponse): Promise<void> {
  // The browser shall not keep the connection: an attempt begins with one of its own.
  response.setHeader("Connection", "close");
  try {
    const { attemptPage } = await import("./browser/attempt-page.ts");
    const html = await attemptPage();
    response.setHeader("Content-Type", "text/html; charset=utf-8").end(html);
  } catch (error) {
    // The page's code is ours, and so is the mistake: the driver of the browser shows the reason.
    response.writeHead(500, { "Content-Type": "text/plain; charset=utf-8" }).end(String(error));
  }
}

const answerNotFound: RequestListener = (_request, response) => {
  response.writeHead(404, { "Content-Type": "text/plain" }).end("Not found\n");
};
