// Who gets into the sandbox: its own page with the key, and nobody else.
import { once } from "node:events";
import { request } from "node:http";
import type { Socket } from "socket.io-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSandbox, type Sandbox } from "../scripts/sandbox/sandbox.ts";
import { keyOf, knock } from "./control-page.ts";

let sandbox: Sandbox;
let key: string;
const mistakes: unknown[] = [];

beforeAll(async () => {
  sandbox = await openSandbox({ onMistake: (error) => mistakes.push(error) });
  key = keyOf(sandbox);
});
afterAll(() => sandbox.close());

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
  const [response] = (await once(asked, "response")) as [import("node:http").IncomingMessage];
  response.resume();
  return response.statusCode!;
}

describe("the control channel", () => {
  it("lets in whoever has the key", async () => {
    expect(await refusalOf(knock(sandbox, { auth: { key } }))).toBe("came in");
  });

  it.each([
    ["no key", {}],
    ["another key", { key: "AAAAAAAAAAAAAAAAAAAAAA" }],
    ["a key that is no text", { key: { length: 22 } }],
    ["half of the key", { key: "" }],
  ])("refuses %s, and says where the key is", async (_what, auth) => {
    expect(await refusalOf(knock(sandbox, { auth }))).toMatch(/address that the terminal printed/);
  });

  it.each([
    ["a page of another origin", { origin: "http://evil.example" }],
    ["a page of another port of this machine", { origin: "http://127.0.0.1:1" }],
    ["a sandboxed frame", { origin: "null" }],
  ])("refuses %s, although it has the key", async (_what, headers) => {
    for (const transport of ["websocket", "polling"] as const)
      expect(await refusalOf(knock(sandbox, { auth: { key }, headers, transport }))).toMatch(
        /error/,
      );
  });

  it("refuses a host name that is not ours (DNS rebinding)", async () => {
    // The Node client sends the Host of the address whatever it is told, so this one is asked by hand.
    const path = "/control/socket.io/?EIO=4&transport=polling";
    expect(await statusOf(path, "GET", { host: "evil.example" })).toBe(403);
    expect(await statusOf(path, "GET", {})).toBe(200);
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

  it("holds no key", async () => {
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
  ])("answers %s as it should", async (_what, path, method, headers, status) => {
    expect(await statusOf(path, method, headers)).toBe(status);
  });
});
