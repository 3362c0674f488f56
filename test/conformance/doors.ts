// The places where a target judges a credential, and one way to knock at all of them.
import { bearerHeader, connect, type Connection, usualTransport } from "./connection.ts";
import { expectThat } from "./expectation.ts";
import type { Probe } from "./probe.ts";
import { enginePath, readOpenPacket } from "./raw-engine.ts";
import { openSession } from "./raw-session.ts";
import {
  describeResponse,
  type Headers,
  type RawResponse,
  sendRequest,
  UPGRADE_HEADERS,
} from "./raw-http.ts";
import type { Target } from "./target.ts";

export type DoorName = "self" | "polling" | "websocket" | "payload";

/** What a door answered. */
export interface Verdict {
  door: DoorName;
  isAccepted: boolean;
  /** The answer in one line. */
  answer: string;
  /** How an HTTP door refused. */
  response?: RawResponse;
  /** The data of CONNECT_ERROR, at the payload's door. */
  connectError?: { message?: unknown; data?: unknown };
}

/** The doors that read the Authorization header. */
export function headerDoors({ claims }: Target): DoorName[] {
  const doors: DoorName[] = claims.has("self") ? ["self"] : [];
  if (!claims.has("header")) return doors;
  if (claims.has("polling")) doors.push("polling");
  if (claims.has("websocket")) doors.push("websocket");
  return doors;
}

/** All doors of a target. */
export function allDoors(target: Target): DoorName[] {
  return [...headerDoors(target), ...(target.claims.has("payload") ? (["payload"] as const) : [])];
}

/** Brings headers to a door that reads them. */
export async function knockWithHeaders(
  probe: Probe,
  door: DoorName,
  { headers = {}, query = "" }: { headers?: Headers; query?: string },
): Promise<Verdict> {
  const { selfPath } = probe.target;
  const isUpgrade = door === "websocket";
  const path =
    door === "self" ? `${selfPath}${query && `?${query}`}` : enginePath(probe, door, query);
  const response = await sendRequest(probe, {
    path,
    headers: isUpgrade ? { ...headers, ...UPGRADE_HEADERS } : headers,
  });
  const isAccepted = {
    self: response.status === 200,
    polling: readOpenPacket(response) !== undefined,
    websocket: response.status === 101,
    payload: false,
  }[door];
  return { door, isAccepted, answer: describeResponse(response), response };
}

/** Brings any payload to CONNECT, on a session without a credential in the header. */
export async function knockWithPayload(
  probe: Probe,
  payload: string,
  headers: Headers = {},
): Promise<Verdict> {
  const session = await openSession(probe, usualTransport(probe.target), { headers });
  await session.send(`40${payload}`);
  const answer = await session.next("4");
  const isRefused = answer.startsWith("44");
  return {
    door: "payload",
    isAccepted: answer.startsWith("40"),
    answer,
    ...(isRefused ? { connectError: JSON.parse(answer.slice(2)) as object } : {}),
  };
}

/** Brings a token to a door, where that door expects it. */
export function knockWithToken(probe: Probe, door: DoorName, token: string): Promise<Verdict> {
  if (door === "payload") return knockWithPayload(probe, JSON.stringify({ token }));
  return knockWithHeaders(probe, door, { headers: bearerHeader(probe.target, token) });
}

/**
 * Who the target says the bearer of a token is: the body of self, or the acknowledgement of whoami.
 * @throws ExpectationFailure if the door refuses the token
 */
export async function identify(probe: Probe, door: DoorName, token: string): Promise<unknown> {
  if (door === "self") {
    const { isAccepted, answer, response } = await knockWithToken(probe, door, token);
    expectThat(isAccepted && response !== undefined, "self accepts the token", answer);
    return JSON.parse(response.body);
  }
  const transport =
    door === "polling" || door === "websocket" ? door : usualTransport(probe.target);
  const connection: Connection = await connect(probe, { transport, token });
  return connection.ask("whoami");
}
