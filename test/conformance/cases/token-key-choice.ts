// A key that the token chooses: its header is written by the one who makes it, so no file, address or query may follow from it.
import { createPublicKey, type KeyObject } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, isIP } from "node:net";
import type { Case } from "../case.ts";
import { goodToken } from "../connection.ts";
import { expectThat } from "../expectation.ts";
import { encode, mint, takeApart } from "../mint.ts";
import type { Probe } from "../probe.ts";
import { ownAddress } from "../raw-socket.ts";
import { foreignKey, type Signer, signWithKey, signWithSecret } from "../signer.ts";
import { expectRefusedEverywhere, expectRefusedInTurn } from "../verdicts.ts";

const KEYS = "RFC 8725 §3.10";
const CHOOSE_IT =
  "Look a key id up in a list of your own keys, as a text and nothing else: do not use it as a path, as an address or in a query.";
const KEYS_AT = "keys offered at";
const UP = "../".repeat(24);

/** What a key id can name, and the key that a server would then take. */
// oxfmt-ignore
const CHOICES: [kid: unknown, secret: string][] = [
  [`${UP}dev/null`, ""],
  ["/dev/null", ""],
  [`..\\..\\..\\..\\..\\..\\..\\NUL`, ""],
  [`${UP}proc/sys/kernel/randomize_va_space`, "2\n"],
  [`${UP}dev/null\u0000.pem`, ""],
  ["file:///dev/null", ""],
  ["data:,mine", "mine"],
  ["' UNION SELECT 'mine' -- ", "mine"],
  ["\" UNION SELECT \"mine\" -- ", "mine"],
  ["mine", "mine"],
  [["mine"], "mine"],
  [{ toString: "mine" }, "mine"],
  ["__proto__", "[object Object]"],
  ["constructor", String(Object)],
  ["", ""],
  [0, ""],
  [null, ""],
];

async function withHeader(probe: Probe, more: object, signer: Signer): Promise<string> {
  const { claims } = takeApart(await goodToken(probe), probe.nowSeconds);
  return mint({ payload: claims, header: { alg: signer.algorithm, typ: "JWT", ...more }, signer });
}

const MINE = "mine";

/** A server that gives keys away, and counts who asks. A target that cannot reach it can fetch none. */
async function openKeyServer(probe: Probe, publicKey: KeyObject): Promise<KeyServer> {
  let asked = 0;
  const jwk = { ...publicKey.export({ format: "jwk" }), kid: "1" };
  const secret = { kty: "oct", k: encode(MINE), kid: "1" };
  const keys: Record<string, string> = {
    "/secret": MINE,
    "/public.pem": publicKey.export({ type: "spki", format: "pem" }).toString(),
    "/keys.json": JSON.stringify({ keys: [jwk, secret] }),
  };
  const server = createServer(({ url = "" }, res) => {
    asked += 1;
    res.end(keys[url]);
  });
  probe.own(() => {
    server.close();
    server.closeAllConnections();
  });
  const host = await ownAddress(probe.target);
  await once(server.listen(0, host), "listening");
  const { port } = server.address() as AddressInfo;
  const url = `http://${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  probe.memory.set(KEYS_AT, url);
  return { url, asked: () => asked };
}

interface KeyServer {
  url: string;
  asked: () => number;
}

/** Where keys could be fetched in this run; undefined: none were offered. */
export function keysOfferedAt(memory: ReadonlyMap<string, string>): string | undefined {
  return memory.get(KEYS_AT);
}

export const tokenKeyChoiceCases: Case[] = [
  {
    id: "token.kid-chooses",
    title:
      "refuses a token whose key id is a path, a query, an address or no text, and so chooses its key",
    source: KEYS,
    needs: ["checks-token"],
    remedy: CHOOSE_IT,
    run: async (probe) => {
      const tokens = CHOICES.map(([kid, secret]) =>
        withHeader(probe, { kid }, signWithSecret(secret)),
      );
      await expectRefusedInTurn(probe, await Promise.all(tokens));
    },
  },
  {
    id: "token.key-fetched",
    title: "fetches no key from where a token says that it is",
    source: "RFC 8725 §3.10",
    needs: ["checks-token"],
    remedy: CHOOSE_IT,
    run: async (probe) => {
      const { algorithm = "RS256" } = probe.target;
      const key = foreignKey(algorithm);
      const { url, asked } = await openKeyServer(probe, createPublicKey(key));
      // A server may look for a secret or for a public key only where the algorithm goes with it.
      for (const [signer, file] of [
        [signWithSecret(MINE), "secret"],
        [signWithKey(key, algorithm), "public.pem"],
      ] as const)
        for (const more of [
          { kid: `${url}/${file}` },
          { jku: `${url}/keys.json`, kid: "1" },
          { x5u: `${url}/${file}` },
        ])
          await expectRefusedEverywhere(probe, await withHeader(probe, more, signer));
      expectThat(asked() === 0, "nobody asks for the key", `${asked()} requests for the key`);
    },
  },
];
