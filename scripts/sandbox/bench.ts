// The token bench: what each auth mode says about a token, and why; and new tokens to try.
import { goodAct } from "../lab/client-task.ts";
import type { Lab } from "../lab/lab.ts";
import { OverloadedError } from "../lab/busy.ts";
import { findForgery, makeToken, signatureOf, signToken } from "../lab/named-tokens.ts";
import type { ServerChoice } from "../lab/servers/pool.ts";
import { AUTH_MODES } from "../model/vocabulary.ts";
import type { BenchReport, MintRequest } from "../model/protocol.ts";
import type { TokenChoice } from "../model/schema-pieces.ts";
import type { ServerSwitches } from "../model/switches.ts";

/** The one algorithm that the variants accept (variants/ts/tokens.ts). */
const ALGORITHM = "HS256";

/** Presents the token to a server in each auth mode, and says why it was refused. */
export async function judgeToken(
  lab: Lab,
  choice: TokenChoice,
  { variant, serverTransports }: ServerSwitches,
): Promise<BenchReport> {
  const maker = lab.tokenMaker();
  const token = typeof choice === "string" ? makeToken(choice, maker) : choice.text;
  const verdicts = await Promise.all(
    AUTH_MODES.map((auth) => present(lab, token, { variant, auth, serverTransports })),
  );
  const { secret, issuer, audience } = maker;
  const expects = { algorithm: ALGORITHM, issuer, audience };
  return {
    verdicts,
    signature: signatureOf(token ?? "", secret),
    forged: findForgery(token ?? "", secret),
    expects,
  };
}

/** The token where the mode looks for it, on the first transport that the server offers. */
async function present(
  lab: Lab,
  text: string | undefined,
  server: ServerChoice,
): Promise<BenchReport["verdicts"][number]> {
  const token: TokenChoice = text === undefined ? "none" : { text };
  const acts = [{ ...goodAct(server), token }];
  const source = { title: `bench, ${server.auth}`, address: "/bench" };
  const { outcome, trace, isDoubtful } = await lab.run({ ...server, acts, source }, "node");
  if (isDoubtful) throw new OverloadedError();
  const check = trace.steps.findLast((step) => step.kind === "check");
  const reason = check?.kind === "check" ? check.reason : undefined;
  const isRefused = outcome[0]?.result !== "connected";
  return {
    auth: server.auth,
    outcome,
    reason: isRefused ? (reason ?? "The token was not checked.") : undefined,
  };
}

/** Signs the person's claims, with the server's secret or with another one. */
export function mintToken(lab: Lab, { algorithm, key, claims }: MintRequest): string {
  const { secret } = lab.tokenMaker();
  return signToken(
    { alg: algorithm, typ: "JWT" },
    claims,
    key === "server" ? secret : `not ${secret}`,
  );
}
