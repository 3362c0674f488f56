// The first words with another server: whether it is there and takes a good token, before any case blames it.
import {
  bearerHeader,
  connect,
  type ConnectOptions,
  goodToken,
  usualTransport,
} from "../../test/conformance/connection.ts";
import { headerDoors, knockWithHeaders } from "../../test/conformance/doors.ts";
import { ExpectationFailure } from "../../test/conformance/expectation.ts";
import { createProbe, type Probe } from "../../test/conformance/probe.ts";
import { openSession } from "../../test/conformance/raw-session.ts";
import { closeKept, createRunOptions } from "../../test/conformance/run-case.ts";
import { type Scheme, SCHEMES, type Target } from "../../test/conformance/target.ts";
import { ArgumentsError } from "../command/arguments.ts";
import { explainLogin, explainRefusal } from "./greet-refusals.ts";
import { reach } from "./reach.ts";

/**
 * Connects once by each transport that the target claims.
 * @returns the target, with the spelling of the scheme that it knows
 * @throws ArgumentsError (code BAD_ARGUMENTS) that says what to look at
 */
export async function greet(target: Target, timeoutMs: number): Promise<Target> {
  const options = createRunOptions(target, timeoutMs);
  const nowSeconds = options.nowSeconds();
  const { probe, closeAll } = createProbe({ ...options, target, nowSeconds });
  try {
    await reach(probe);
    const token = await goodToken(probe).catch((error: unknown) => {
      throw new ArgumentsError(explainLogin(target, readFailure(error)));
    });
    const scheme = await findScheme(probe, token);
    await connectByEach({ ...probe, target: { ...target, scheme } }, token);
    await refuseIfHeaderIsIdle(probe);
    return { ...target, scheme };
  } finally {
    closeAll();
    closeKept(options);
  }
}

async function connectByEach(probe: Probe, token: string): Promise<void> {
  const { target } = probe;
  const connected: ConnectOptions["transport"][] = [];
  // By polling first: to a request for a WebSocket a server that has none may say anything.
  for (const transport of ["polling", "websocket"] as const) {
    if (!target.claims.has(transport)) continue;
    await connect(probe, { transport, token }).catch(async (error: unknown) => {
      const failure = readFailure(error);
      const isOnlyThere = connected.length > 0;
      throw new ArgumentsError(
        (await takesPayload(probe, { transport, token }))
          ? `${target.url} takes the token from the payload of CONNECT: put payload into --claims, and leave header out.`
          : explainRefusal(target, failure, { transport, isOnlyThere }),
      );
    });
    connected.push(transport);
  }
}

/** Whether a target that is said to look at the header looks at the payload. */
async function takesPayload({ target, ...rest }: Probe, options: ConnectOptions): Promise<boolean> {
  if (target.claims.has("payload")) return false;
  const claims = new Set(target.claims).add("payload");
  claims.delete("header");
  return succeeds(connect({ ...rest, target: { ...target, claims } }, options));
}

/** Every case about the header would blame a server that is said to look at both and looks at the payload alone. */
async function refuseIfHeaderIsIdle(probe: Probe): Promise<void> {
  const { url, claims } = probe.target;
  if (!claims.has("header") || !claims.has("payload")) return;
  if (await succeeds(openSession(probe, usualTransport(probe.target))))
    throw new ArgumentsError(
      `${url} opens a session without a token, so it does not look at the header: leave header out of --claims, or have it check the handshake as well.`,
    );
}

async function succeeds(attempt: Promise<unknown>): Promise<boolean> {
  try {
    await attempt;
    return true;
  } catch (error) {
    readFailure(error);
    return false;
  }
}

/** What a person can do something about; anything else is a mistake of the suite. */
function readFailure(error: unknown): { expected: string; seen: string } {
  if (error instanceof ExpectationFailure) return error;
  if (error instanceof SyntaxError) return { expected: "JSON", seen: error.message };
  throw error;
}

/** The spelling that more of its doors know, and the usual one if that makes no difference. */
async function findScheme(probe: Probe, token: string): Promise<Scheme> {
  const [usual, other] = SCHEMES;
  try {
    const known = await countKnowing(probe, usual, token);
    if (known === headerDoors(probe.target).length) return usual;
    return (await countKnowing(probe, other, token)) > known ? other : usual;
  } catch (error) {
    // It is silent, and whoever connects next says so.
    if (error instanceof ExpectationFailure) return usual;
    throw error;
  }
}

async function countKnowing(probe: Probe, scheme: Scheme, token: string): Promise<number> {
  const headers = bearerHeader({ scheme }, token);
  let known = 0;
  for (const door of headerDoors(probe.target))
    if ((await knockWithHeaders(probe, door, { headers })).isAccepted) known += 1;
  return known;
}
