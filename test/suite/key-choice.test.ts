// A server that fetches a key from where a token says is found, whichever part of the header says it.
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { networkInterfaces } from "node:os";
import jwt from "jsonwebtoken";
import { afterEach, describe, expect, it } from "vitest";
import { describeRemarks } from "../../scripts/conformance/remarks.ts";
import { tokenKeyChoiceCases } from "../conformance/cases/token-key-choice.ts";
import { createProbe } from "../conformance/probe.ts";
import { closeKept, createRunOptions } from "../conformance/run-case.ts";
import { TARGET_DEFAULTS, withImplied } from "../conformance/target.ts";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

type Field = "kid" | "jku" | "x5u";

/** It knows only a self path, and refuses everything there. @returns what came of the case */
async function judgeFetching(host: string, fetches?: { field: Field; alg: string }) {
  const fetchKey = async ({ headers }: IncomingMessage): Promise<void> => {
    const token = headers.authorization?.split(" ")[1] ?? "";
    const header = jwt.decode(token, { complete: true })?.header as Partial<
      Record<Field | "alg", string>
    >;
    const url = fetches && header?.alg === fetches.alg ? header[fetches.field] : undefined;
    if (url?.startsWith("http:")) await (await fetch(url)).text();
  };
  const server = createServer(
    (req, res) => void fetchKey(req).finally(() => res.writeHead(401).end()),
  );
  await once(server.listen(0, host), "listening");
  const { port } = server.address() as AddressInfo;
  const url = `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
  const secret = "a secret that the server need not know";
  const claims = new Set(["self"] as const);
  const target = withImplied({ ...TARGET_DEFAULTS, url, secret, claims });
  const options = createRunOptions(target);
  const { probe, closeAll } = createProbe({ ...options, target, nowSeconds: options.nowSeconds() });
  closers.push(
    closeAll,
    () => closeKept(options),
    () => server.close(),
  );
  const fetched = tokenKeyChoiceCases.find(({ id }) => id === "token.key-fetched")!;
  const failure = await fetched.run(probe).then(() => "passed", String);
  return { failure, remarks: remarksOn(options.memory) };
}

function remarksOn(memory: ReadonlyMap<string, string>): string[] {
  const target = { ...TARGET_DEFAULTS, url: "http://192.0.2.1", claims: new Set<never>() };
  return describeRemarks({ said: target, seen: target, chosen: [], memory });
}

describe("a key is fetched", () => {
  it.each([
    ["kid", "HS256"],
    ["kid", "RS256"],
    ["jku", "HS256"],
    ["jku", "RS256"],
    ["x5u", "RS256"],
  ] as const)("by %s of a token with %s", async (field, alg) => {
    const { failure, remarks } = await judgeFetching("127.0.0.1", { field, alg });
    expect(failure).toContain("saw 1 requests for the key");
    expect(remarks).toEqual([]);
  });

  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  it.skipIf(!addresses.some(({ address }) => address === "::1"))("by IPv6", async () => {
    const { failure } = await judgeFetching("::1", { field: "jku", alg: "RS256" });
    expect(failure).toContain("saw 1 requests for the key");
  });
});

it("a server that fetches none passes", async () => {
  expect(await judgeFetching("127.0.0.1")).toEqual({ failure: "passed", remarks: [] });
});

it("a server elsewhere that fetched none proves nothing if it cannot reach this machine", () => {
  const memory = new Map([["keys offered at", "http://192.0.2.7:8080"]]);
  expect(remarksOn(memory)).toEqual([expect.stringMatching(/^Keys were offered at http:\S+: /)]);
});
