// The code that a person would write for an attempt, which the page and the terminal show.
import { transform } from "esbuild";
import { describe, expect, it } from "vitest";
import { codeOf } from "../../scripts/model/words/acts.ts";
import type { Act } from "../../scripts/model/acts.ts";
import { ownAttempt } from "../../scripts/model/own-attempt.ts";
import { FIRST_SWITCHES, type OwnSwitches } from "../../scripts/model/switches.ts";
import { readLesson, readLessons } from "../../scripts/lab/lessons/files.ts";
import { GOOD_ACT, LOGIN } from "../helpers/good-act.ts";

function ownCode(change: Partial<OwnSwitches>): string {
  return codeOf(ownAttempt({ ...FIRST_SWITCHES, ...change }).acts);
}

const SELF = {
  method: "GET",
  path: "/self",
  credential: "header",
  scheme: "bearer",
  token: "valid",
} as const;

describe("the client's code", () => {
  it("names what is not the default, and nothing else", () => {
    expect(ownCode({ credential: "none" })).toBe("const socket = io();");
    expect(ownCode({ transports: ["websocket"], credential: "payload" })).toBe(
      'const socket = io({\n  transports: ["websocket"],\n  auth: { token },\n});',
    );
  });

  it("calls a token by its name", () => {
    const code = ownCode({ scheme: "Bearer", token: "wrong-issuer" });
    expect(code).toContain("authorization: `Bearer ${wrongIssuerToken}`");
  });

  it("names another namespace and the query", () => {
    const acts: Act[] = [
      {
        ...GOOD_ACT,
        transports: FIRST_SWITCHES.transports,
        namespace: "/admin",
        credential: "query",
      },
    ];
    expect(codeOf(acts)).toBe('const socket = io("/admin", {\n  query: { token },\n});');
  });

  it("sends several requests before it waits for one", () => {
    expect(codeOf([{ do: "request", ...SELF, atOnce: 3 }])).toBe(
      [
        'await Promise.all(Array.from({ length: 3 }, () => fetch("/self", {',
        "  headers: { authorization: `bearer ${token}` },",
        '  cache: "no-store",',
        "})));",
      ].join("\n"),
    );
  });

  it.each([
    ["object", "{ token: stored }"],
    ["function", "(give) => give({ token: stored })"],
    ["async function", "async (give) => give({ token: await stored })"],
  ] as const)("stores a new token where auth is an %s, and assigns nothing", (authOption, auth) => {
    const first: Act = {
      ...GOOD_ACT,
      transports: FIRST_SWITCHES.transports,
      credential: "payload",
      token: "expired",
      authOption,
    };
    const acts: Act[] = [first, { do: "renew", as: "socket", token: "valid" }];
    expect(codeOf(acts).split("\n")).toEqual([
      "let stored = expiredToken;",
      "const socket = io({",
      `  auth: ${auth},`,
      "});",
      "stored = token;",
      "socket.disconnect().connect();",
    ]);
  });

  it.each([
    ["go on", "header", []],
    [
      "stop",
      "header",
      [
        'socket.on("connect_error", (error) => {',
        "  if (error.description === 401) socket.disconnect();",
        "});",
      ],
    ],
    [
      { freshToken: "valid" },
      "header",
      [
        "let isRenewed = false;",
        'socket.on("connect_error", (error) => {',
        "  if (isRenewed || error.description !== 401) return;",
        "  isRenewed = true;",
        "  socket.io.opts.extraHeaders = { authorization: `bearer ${token}` };",
        "});",
      ],
    ],
    [
      { freshToken: "valid" },
      "payload",
      [
        "let isRenewed = false;",
        'socket.on("connect_error", (error) => {',
        '  if (isRenewed || error.data?.error !== "invalid_token") return;',
        "  isRenewed = true;",
        "  socket.auth = { token };",
        "  socket.connect();",
        "});",
      ],
    ],
  ] as const)("answers a refusal: %j, %s", (afterRefusal, credential, lines) => {
    const act = { ...GOOD_ACT, scheme: "bearer", credential, afterRefusal } as Act;
    const [, options] = codeOf([act]).split("reconnectionDelay: 50,\n");
    expect(options?.split("});\n").slice(1).join("});\n") ?? "").toBe(lines.join("\n"));
  });

  it("never holds a typed token", () => {
    expect(ownCode({ token: { text: "eyJhbGci" } })).toContain("typedToken");
  });

  it("says who else is there, and what is sent", async () => {
    const { attempts } = await readLesson(5);
    const code = codeOf(attempts.find(({ id }) => id === "both-tabs")!.acts);
    expect(code.split("\n").filter((line) => !line.includes("extraHeaders"))).toEqual([
      "const tab1 = io({",
      "});",
      "const tab2 = io({",
      "});",
      'tab2.emit("sendNote", 1, "hello", (reply) => {});',
    ]);
  });

  it("logs in, connects with what was answered, waits, connects again with another token and disconnects", async () => {
    const acts: Act[] = [
      LOGIN,
      { ...GOOD_ACT, token: { answered: "token" } },
      { do: "wait", as: "socket", for: { event: "note" } },
      { do: "wait", as: "socket", for: "expiry" },
      { do: "renew", as: "socket", token: "other-user" },
      { do: "disconnect", as: "socket" },
    ];
    const code = codeOf(acts);
    expect(code.split("\n")).toEqual([
      'const { token: answeredToken } = await (await fetch("/login", {',
      '  method: "POST",',
      '  headers: { "content-type": "application/json" },',
      '  body: JSON.stringify({"username":"john","password":"changeit"}),',
      "})).json();",
      "const socket = io({",
      '  transports: ["websocket"],',
      "  extraHeaders: { authorization: `Bearer ${answeredToken}` },",
      "});",
      'await new Promise((resolve) => socket.once("note", resolve));',
      "// Here the token expires.",
      "socket.io.opts.extraHeaders = { authorization: `Bearer ${otherUserToken}` };",
      "socket.disconnect().connect();",
      "socket.disconnect();",
    ]);
    await expect(transform(code)).resolves.toBeDefined();
  });

  it("is JavaScript, for every attempt of every lesson", async () => {
    for (const { attempts } of await readLessons())
      for (const { acts } of attempts) await expect(transform(codeOf(acts))).resolves.toBeDefined();
  });
});
