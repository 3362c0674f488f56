// A namespace has a guard of its own, or none: the suite looks at each that a person names.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import jwt from "jsonwebtoken";
import { Server, type Socket } from "socket.io";
import { expect, it } from "vitest";
import { type CaseResult, runTarget } from "../scripts/conformance/run.ts";
import { cases } from "./conformance/cases.ts";
import { describeOther, failuresOf } from "./judge-other.ts";
import { SECRET } from "./other-server.ts";

type Next = (error?: Error) => void;

function guard(socket: Socket, next: Next): void {
  try {
    jwt.verify(String(socket.handshake.auth["token"]), SECRET, { algorithms: ["HS256"] });
    next();
  } catch (error) {
    next(error as Error);
  }
}

const revive = (): Promise<undefined> => Promise.resolve(undefined);

/** Judges a server that reads the payload, and has no guard at one of its namespaces if that is named. */
async function judgeNamespaces(named: string, unguarded?: string): Promise<CaseResult[]> {
  const httpServer = createServer();
  const io = new Server(httpServer);
  for (const name of ["/", "/rooms", "/staff"]) if (name !== unguarded) io.of(name).use(guard);
  if (unguarded !== undefined) io.of(unguarded);
  await once(httpServer.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`;
  const flags = { secret: SECRET, claims: "payload,polling,websocket", namespaces: named };
  const target = await describeOther(url, { ...flags, path: "/socket.io" });
  const chosen = cases.filter(({ id }) => id.startsWith("handshake.namespaces-"));
  try {
    return (await runTarget({ name: "rooms", target, cases: chosen, revive })).results;
  } finally {
    await io.close();
  }
}

it("namespaces that each have a guard fail nothing", async () => {
  expect(failuresOf(await judgeNamespaces("/rooms,/staff"))).toEqual([]);
});

it("one without a guard is noticed among others", async () => {
  const results = await judgeNamespaces("/rooms,/staff", "/staff");
  expect(failuresOf(results)).toEqual([
    ["handshake.namespaces-no-token", "CONNECT_ERROR from /staff", expect.stringMatching(/^40/)],
  ]);
  // The suite closes what a case has opened: that is no news of the server.
  expect(JSON.stringify(results)).not.toContain("was closed");
});

it("one that does not exist proves nothing, and is noticed as well", async () => {
  expect(failuresOf(await judgeNamespaces("/rooms,/stuff"))).toEqual([
    ["handshake.namespaces-exist", "a namespace /stuff", expect.stringContaining("Invalid")],
  ]);
});
