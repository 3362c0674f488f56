// The token bench: what each auth mode says of a token, and why; and new tokens to try.
import { createHmac } from "node:crypto";
import type { Lab } from "../lab/lab.ts";
import { HASHES, makeToken, signToken } from "../lab/named-tokens.ts";
import { AUTH_MODES, type AuthMode } from "../model/vocabulary.ts";
import type { BenchReport, MintRequest, PageSwitches, TokenChoice } from "../model/protocol.ts";

/** The one algorithm that the variants accept (variants/ts/tokens.ts). */
const ALGORITHM = "HS256";

/** Presents the token to a server in each auth mode, and says why it was refused. */
export async function judgeToken(
  lab: Lab,
  choice: TokenChoice,
  switches: PageSwitches,
): Promise<BenchReport> {
  const maker = lab.tokenMaker();
  const token = "text" in choice ? choice.text : makeToken(choice.name, maker);
  const verdicts = await Promise.all(
    AUTH_MODES.map((auth) => present(lab, token, { ...switches, auth })),
  );
  const { secret, issuer, audience } = maker;
  const expects = { algorithm: ALGORITHM, issuer, audience };
  return { verdicts, signature: signatureOf(token ?? "", secret), expects };
}

/** The token where the mode looks for it, on the first transport that the server offers. */
async function present(
  lab: Lab,
  token: string | undefined,
  { variant, auth, serverTransports }: PageSwitches,
): Promise<BenchReport["verdicts"][number]> {
  const attempt = {
    transports: serverTransports,
    tryAllTransports: false,
    credential: placeFor(auth),
    scheme: "Bearer",
    token: token === undefined ? ("none" as const) : { text: token },
    otherTokens: [],
    events: [],
  };
  const server = { variant, auth, serverTransports };
  const { outcome, trace } = await lab.run({ client: "node", ...server, attempt });
  const check = trace.steps.findLast((step) => step.kind === "check");
  const reason = check?.kind === "check" ? check.reason : undefined;
  const isRefused = outcome.result !== "connected";
  return {
    auth,
    outcome,
    reason: isRefused ? (reason ?? "The token was not checked.") : undefined,
  };
}

function placeFor(auth: AuthMode): "header" | "payload" {
  return auth === "payload" ? "payload" : "header";
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
