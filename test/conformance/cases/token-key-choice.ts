// A key that the token chooses: its header is written by whoever makes it, so no file, address or query may follow from it.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Case } from "../case.ts";
import { goodToken } from "../connection.ts";
import { expectThat } from "../expectation.ts";
import { mint, takeApart } from "../mint.ts";
import type { Probe } from "../probe.ts";
import { signWithSecret } from "../signer.ts";
import { expectRefusedEverywhere, expectRefusedInTurn } from "../verdicts.ts";

const KEYS = "RFC 8725 §3.10";
const CHOOSE_IT =
  "Look a key id up in a list of your own keys, as a text and nothing else: it is no path, no address and no part of a query.";
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

async function withHeader(probe: Probe, more: object, secret: string): Promise<string> {
  const { claims } = takeApart(await goodToken(probe), probe.nowSeconds);
  const header = { alg: "HS256", typ: "JWT", ...more };
  return mint({ payload: claims, header, signer: signWithSecret(secret) });
}

/** Counts who asks for a key, and gives one. */
async function openKeyServer(probe: Probe): Promise<{ url: string; asked: () => number }> {
  let asked = 0;
  const server = createServer((_req, res) => {
    asked += 1;
    res.end("mine");
  });
  probe.own(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/key`,
    asked: () => asked,
  };
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
      const tokens = CHOICES.map(([kid, secret]) => withHeader(probe, { kid }, secret));
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
      const { url, asked } = await openKeyServer(probe);
      for (const more of [{ kid: url }, { jku: url, kid: "1" }, { x5u: url }])
        await expectRefusedEverywhere(probe, await withHeader(probe, more, "mine"));
      expectThat(asked() === 0, "nobody asks for the key", `${asked()} requests for the key`);
    },
  },
];
