// Who gets into the sandbox: its own page with the key, and nobody else.
import { createHash } from "node:crypto";
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import type { Socket } from "socket.io-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSandbox, type Sandbox } from "../../scripts/sandbox/sandbox.ts";
import { enter, keyOf, knock, welcomeOf } from "../helpers/control-page.ts";

let sandbox: Sandbox;
const mistakes: unknown[] = [];

beforeAll(async () => {
  sandbox = await openSandbox({ startsAhead: false, onMistake: (error) => mistakes.push(error) });
});
afterAll(() => sandbox.close());

function knockWith(key: unknown): Socket {
  return knock(sandbox.lab.origin, key);
}

/** @returns why it was refused, or that it was not */
function refusalOf(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    socket.once("connect", () => resolve("came in"));
    socket.once("connect_error", (error) => resolve(error.message));
  });
}

/** The status of a plain request; `fetch` would not send a Host of our choice. */
async function statusOf(path: string, method: string, headers: object): Promise<number> {
  const asked = request(`${sandbox.lab.origin}${path}`, { method, headers: { ...headers } });
  asked.end();
  const [response] = (await Promise.race([once(asked, "response"), once(asked, "upgrade")])) as [
    IncomingMessage,
  ];
  response.resume();
  asked.destroy();
  return response.statusCode!;
}

/** RFC 6455 §1.2 */
const WEBSOCKET = {
  "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
  "sec-websocket-version": "13",
};

describe("the control channel", () => {
  it("lets in one page for each key", async () => {
    const key = keyOf(sandbox);
    const pages = [1, 2, 3].map(() => refusalOf(knockWith(key)));
    const ends = await Promise.all(pages);
    expect(ends.filter((end) => end === "came in")).toHaveLength(1);
    expect(keyOf(sandbox)).not.toBe(key);
  });

  it("lets in a page with its pass, any number of times", async () => {
    const { pass } = await welcomeOf(knockWith(keyOf(sandbox)));
    for (let times = 0; times < 2; times += 1) {
      const page = knockWith(pass);
      expect(await welcomeOf(page)).toMatchObject({ pass: null });
    }
  });

  it("gives a page that was let in a key for another tab", async () => {
    const page = await enter(sandbox);
    const { answer } = await page.emitWithAck("key");
    expect(await refusalOf(knockWith(answer.key))).toBe("came in");
    expect(await refusalOf(knockWith(answer.key))).toMatch(/was used already/);
  });

  it.each([
    ["no key", undefined],
    ["another key", "AAAAAAAAAAAAAAAAAAAAAA"],
    ["a key that is no text", { length: 22 }],
    ["an empty key", ""],
  ])("refuses %s, and says where the key is", async (_what, key) => {
    expect(await refusalOf(knockWith(key))).toMatch(/address that the terminal shows/);
  });

  it.each([
    ["a page of another origin", { origin: "http://evil.example" }],
    ["a page of another port of this machine", { origin: "http://127.0.0.1:1" }],
    ["a sandboxed frame", { origin: "null" }],
  ])("refuses %s, although it has the key, and does not spend it", async (_what, headers) => {
    const key = keyOf(sandbox);
    for (const transport of ["websocket", "polling"] as const) {
      const page = knock(sandbox.lab.origin, key, { headers, transport });
      expect(await refusalOf(page)).toMatch(/error/);
    }
    expect(keyOf(sandbox)).toBe(key);
  });

  it("refuses a host name that is not ours (DNS rebinding)", async () => {
    // The Node client always sends the Host of the address, so this request is written by hand.
    const path = "/control/socket.io/?EIO=4&transport=websocket";
    const upgrade = { connection: "Upgrade", upgrade: "websocket", ...WEBSOCKET };
    expect(await statusOf(path, "GET", { ...upgrade, host: "evil.example" })).toBe(400);
    expect(await statusOf(path, "GET", upgrade)).toBe(101);
  });

  it("takes websockets alone: any page of the web can send a GET, which opens a session of polling", async () => {
    expect(await statusOf("/control/socket.io/?EIO=4&transport=polling", "GET", {})).toBe(400);
  });
});

describe("the page", () => {
  it("comes with a policy that allows code of this address only", async () => {
    const response = await fetch(sandbox.lab.origin);
    expect(response.status).toBe(200);
    const policy = response.headers.get("content-security-policy");
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toContain("unsafe");
  });

  it("that makes attempts runs no other code than its own, and stands in no frame", async () => {
    const { headers } = await fetch(`${sandbox.lab.origin}/attempt.html`);
    const policy = headers.get("content-security-policy");
    expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-[\w+/]{43}='; /);
    // The frames of other origins, which make attempts as well, are on this machine.
    expect(policy).toMatch(
      /; connect-src 'self'; frame-ancestors 'none'; frame-src http:\/\/127\.0\.0\.1:\* http:\/\/localhost:\*$/,
    );
    expect(policy).not.toContain("unsafe");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
  });

  it("holds no key", async () => {
    const key = keyOf(sandbox);
    for (const path of ["/", "/main.js", "/style.css"])
      expect(await (await fetch(sandbox.lab.origin + path)).text()).not.toContain(key);
  });

  it.each([
    ["a host name that is not ours", "/", "GET", { host: "evil.example" }, 403],
    ["a request that would change something", "/", "POST", {}, 405],
    ["a file that is not of the page", "/package.json", "GET", {}, 404],
    ["a way out of the folder", "/../package.json", "GET", {}, 404],
    ["a view that there is not", "/lesson/x", "GET", {}, 404],
    ["a view that there is", "/lesson/3?variant=esm", "GET", {}, 200],
    ["a view with a slash at its end", "/lesson/3/?variant=esm", "GET", {}, 308],
    ["an address of elsewhere with a slash at its end", "//evil.example/", "GET", {}, 404],
    ["the page for attempts", "/attempt.html", "GET", {}, 200],
    ["that page by a name that is not ours", "/attempt.html", "GET", { host: "evil.example" }, 403],
  ])("answers %s as it should", async (_what, path, method, headers, status) => {
    expect(await statusOf(path, method, headers)).toBe(status);
  });
});

/** What the sandbox says to a page that asks for it at this origin. */
async function ask(key: string, origin: string): Promise<{ proof?: string; error?: string }> {
  const name = createHash("sha256").update(`name ${key}`).digest("base64url");
  const query = new URLSearchParams({ name, nonce: "n", origin }).toString();
  const response = await fetch(`${sandbox.lab.origin}/control/proof?${query}`);
  return (await response.json()) as { proof?: string; error?: string };
}

describe("the proof that this is the sandbox", () => {
  it("is given at each of its own addresses, and does not spend the key", async () => {
    const { origin } = sandbox.lab;
    const key = keyOf(sandbox);
    expect(await ask(key, origin)).toEqual({ proof: expect.any(String) as string });
    expect(await ask(key, origin.replace("127.0.0.1", "localhost"))).toHaveProperty("proof");
    expect(keyOf(sandbox)).toBe(key);
  });

  it("is never given for another address, where it would be handed on", async () => {
    const key = keyOf(sandbox);
    for (const origin of ["http://127.0.0.1:1", "https://evil.example", "", "null"])
      expect(await ask(key, origin)).toEqual({
        error: expect.stringMatching(/--public-origin/) as string,
      });
  });

  it("is not given for a key that opens nothing", async () => {
    expect(await ask("A".repeat(22), sandbox.lab.origin)).toEqual({
      error: expect.stringMatching(/does not open the sandbox/) as string,
    });
  });
});
