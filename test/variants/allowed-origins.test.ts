// ALLOWED_ORIGINS on a server that runs: the pages that it names may connect and read, and no page that resembles them.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { type RunningVariant, startVariant } from "../../scripts/lab/servers/process.ts";

const NAMED = "https://app.example";
const PATH = "/socket.io/?EIO=4&transport=";

let server: RunningVariant;
beforeAll(async () => {
  const more = { ALLOWED_ORIGINS: `${NAMED},http://localhost:8080` };
  server = await startVariant("cjs", { auth: "payload", more });
});
afterAll(() => server.stop());

async function byPolling(origin: string): Promise<object> {
  const { status, headers } = await fetch(`${server.url}${PATH}polling`, { headers: { origin } });
  return {
    status,
    readableBy: headers.get("access-control-allow-origin"),
    withCookie: headers.get("access-control-allow-credentials"),
  };
}

function byWebSocket(origin: string): Promise<number> {
  const socket = new WebSocket(server.url.replace("http", "ws") + PATH + "websocket", { origin });
  return new Promise((resolve, reject) => {
    socket.on("open", () => {
      socket.terminate();
      resolve(101);
    });
    socket.on("unexpected-response", (request, { statusCode }) => {
      request.destroy();
      resolve(statusCode ?? 0);
    });
    socket.on("error", reject);
  });
}

describe("ALLOWED_ORIGINS", () => {
  it.each([NAMED, "http://localhost:8080"])("lets pages of %s connect and read", async (origin) => {
    expect(await byPolling(origin)).toEqual({
      status: 200,
      readableBy: origin,
      withCookie: "true",
    });
    expect(await byWebSocket(origin)).toBe(101);
  });

  it.each([
    "http://app.example",
    "https://app.example:8443",
    "https://app.example.evil.example",
    "https://evil-app.example",
    "https://sub.app.example",
    "HTTPS://APP.EXAMPLE",
    "https://app.example/",
    "http://localhost",
    "null",
  ])("and none of %s", async (origin) => {
    expect(await byPolling(origin)).toMatchObject({ status: 403, readableBy: null });
    expect(await byWebSocket(origin)).toBe(400);
  });

  it("still lets its own pages connect", async () => {
    expect(await byPolling(server.url)).toMatchObject({ status: 200 });
    expect(await byWebSocket(server.url)).toBe(101);
  });
});
