// The token bench: what each auth mode says of a token, and why; and new tokens to try.
import { createHmac } from "node:crypto";
import { createTokens, type Tokens } from "../../variants/ts/tokens.ts";
import { readSettings } from "../../variants/ts/settings.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Lab } from "../lab/lab.ts";
import { HASHES, makeToken, signToken, type TokenMaker } from "../lab/named-tokens.ts";
import { AUTH_MODES, type AuthMode } from "../model/vocabulary.ts";
import type { BenchReport, MintRequest, PageSwitches, TokenChoice } from "../model/protocol.ts";

/** Presents the token to a server in each auth mode, and says why it was refused. */
export async function judgeToken(
  lab: Lab,
  choice: TokenChoice,
  switches: PageSwitches,
): Promise<BenchReport> {
  const maker = lab.tokenMaker();
  const tokens = tokensOf(maker);
  const token = "text" in choice ? choice.text : makeToken(choice.name, maker);
  const verdicts = await Promise.all(
    AUTH_MODES.map(async (auth) => {
      const outcome = await present(lab, token, { ...switches, auth });
      const reason = outcome.result === "connected" ? undefined : reasonFor(tokens, token);
      return { auth, outcome, reason };
    }),
  );
  const { issuer, audience, algorithms } = tokens.rules;
  const expects = { algorithm: algorithms.join(), issuer, audience };
  return { verdicts, signature: signatureOf(token ?? "", maker.secret), expects };
}

/** The token where the mode looks for it, on the first transport that the server offers. */
async function present(
  lab: Lab,
  token: string | undefined,
  { variant, auth, serverTransports }: PageSwitches,
): Promise<Outcome> {
  const attempt = {
    transports: serverTransports,
    tryAllTransports: false,
    credential: placeFor(auth),
    scheme: "Bearer",
    token: token === undefined ? ("none" as const) : { text: token },
    otherTokens: [],
    events: [],
  };
  const { outcome } = await lab.run({ client: "node", variant, auth, serverTransports, attempt });
  return outcome;
}

function placeFor(auth: AuthMode): "header" | "payload" {
  return auth === "payload" ? "payload" : "header";
}

/** The variant's own check, with the same secret as the running servers. */
function tokensOf({ secret, issuer, audience }: TokenMaker): Tokens {
  return createTokens(
    readSettings({ JWT_SECRET: secret, JWT_ISSUER: issuer, JWT_AUDIENCE: audience }),
  );
}

/** Asks the variant's own code, since the server keeps the reason to itself. */
function reasonFor(tokens: Tokens, token: string | undefined): string {
  if (token === undefined) return "There is no token.";
  try {
    tokens.verifyToken(token);
  } catch (error) {
    return (error as Error).message;
  }
  return "The token is good, but it did not reach the check in this form.";
}

/** Any algorithm counts here that a secret is enough for; whether the server takes it is another question. */
function signatureOf(token: string, secret: string): BenchReport["signature"] {
  const [header = "", claims = "", signature = ""] = token.split(".");
  if (signature === "") return "none";
  const hash = Object.entries(HASHES).find(([name]) => name === algorithmIn(header))?.[1];
  if (hash === undefined || hash === "") return "not checked";
  const own = createHmac(hash, secret).update(`${header}.${claims}`).digest("base64url");
  return own === signature ? "ours" : "not ours";
}

function algorithmIn(header: string): unknown {
  try {
    const { alg } = JSON.parse(Buffer.from(header, "base64url").toString()) as { alg?: unknown };
    return alg;
  } catch {
    // No JSON object: a header that names no algorithm.
    return undefined;
  }
}

/** Signs the claims that the person asked for, with the server's secret or with another one. */
export function mintToken(lab: Lab, { algorithm, key, claims }: MintRequest): string {
  const { secret } = lab.tokenMaker();
  return signToken(
    { alg: algorithm, typ: "JWT" },
    claims,
    key === "server" ? secret : `not ${secret}`,
  );
}
