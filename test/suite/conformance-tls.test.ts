// A server that speaks TLS is judged as any other, once its certificate is trusted.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Ended, runCommand } from "../helpers/node-process.ts";
import { issueOtherToken, openOtherServer, type OtherServer } from "../helpers/other-server.ts";

/** A key and its certificate for localhost and 127.0.0.1, until 2120. They protect nothing. */
const PEM_FILE = path.join(import.meta.dirname, "../helpers/localhost.pem");
const ABOUT = ["--path", "/live", "--claims", "header,polling,websocket"];

let server: OtherServer;
beforeAll(async () => {
  server = await openOtherServer({ certificate: await readFile(PEM_FILE, "utf8") });
});
afterAll(() => server.close());

function run(url: string, { trusted = "" }: { trusted?: string } = {}): Promise<Ended> {
  const groups = [
    "transports",
    "header.scheme",
    "handshake.refusal",
    "robustness.bytes",
    "robustness.refusals-reset",
  ];
  const only = groups.flatMap((group) => ["--only", group]);
  return runCommand("conformance", ["--url", url, ...ABOUT, ...only], {
    env: { CONFORMANCE_TOKEN: issueOtherToken(), NODE_EXTRA_CA_CERTS: trusted },
  });
}

it("fails no case, over raw bytes, HTTP and WebSocket", async () => {
  const { stdout, code } = await run(server.url, { trusted: PEM_FILE });
  const [, passed, failed] = /(\d+) passed, (\d+) failed/.exec(stdout) ?? [];
  expect({ failed, code }).toEqual({ failed: "0", code: 0 });
  expect(Number(passed)).toBeGreaterThan(30);
});

it("one sentence says that its certificate is not trusted", async () => {
  const { stdout, stderr, code } = await run(server.url);
  expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
  expect(stderr).toMatch(
    /^https:\S+ has a certificate that Node does not trust .*SELF_SIGNED.*NODE_EXTRA_CA_CERTS\.\n$/,
  );
});

it("and where the address says that it speaks none, or that another one does", async () => {
  const { stderr } = await run(server.url.replace("https:", "http:"));
  expect(stderr).toMatch(
    /^http:\S+ speaks no HTTP .*: check .* with https:\/\/ if it speaks TLS\.\n$/,
  );
  const plain = await openOtherServer();
  const other = await run(plain.url.replace("http:", "https:"));
  await plain.close();
  expect(other.stderr).toMatch(
    /^https:\S+ speaks no TLS .*: give --url with http:\/\/, or check its port\.\n$/,
  );
});
