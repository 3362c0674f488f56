// Does the acts of an attempt, one after the other, and says what came of each. Runs in Node and in a page alike.
import { connect } from "./acts/connect.ts";
import { disconnect } from "./acts/disconnect.ts";
import { emit } from "./acts/emit.ts";
import { kill } from "./acts/kill.ts";
import { refresh } from "./acts/refresh.ts";
import { renew } from "./acts/renew.ts";
import { request } from "./acts/request.ts";
import { wait } from "./acts/wait.ts";
import type { Connector, OwnOptions } from "./connection.ts";
import { takeCookieBack } from "./cookie.ts";
import { expiresAtMs } from "./expiry.ts";
import type { Perform, Scene } from "./scene.ts";
import { startTimeLimit } from "./time-limit.ts";
import type { ActOutcome, ClientTask, Kind } from "../model/acts.ts";
import { nameOf } from "../model/outcome.ts";

const PERFORM: { [K in Kind]: Perform<K> } = {
  request,
  connect,
  emit,
  wait,
  refresh,
  renew,
  disconnect,
  kill,
};

/**
 * Does all acts with connections of its own, and closes them in every case.
 * @param io of socket.io-client
 * @param origin `http://host:port` of the server, without a path
 * @param own what a person connects with for the first token, in place of what the acts say
 * @returns one outcome for each act; an act whose connection is not there is skipped, and the others go on
 */
export async function perform(
  io: Connector,
  origin: string,
  { prefix, acts, timeoutMs, otherPort }: ClientTask,
  own?: (token: string) => OwnOptions | Promise<OwnOptions>,
): Promise<ActOutcome[]> {
  const limit = startTimeLimit(timeoutMs);
  const scene: Scene = {
    io,
    origin,
    prefix,
    limit,
    connections: new Map(),
    own: undefined,
    answers: [],
    cookie: undefined,
    otherPort,
  };
  const outcomes: ActOutcome[] = [];
  try {
    const first = acts.find((act) => act.do === "connect");
    scene.own = await own?.(first?.token as string);
    for (const act of acts) {
      // An act and what does it are of the same kind, which TypeScript does not follow through the table.
      const result = await PERFORM[act.do](act as never, scene);
      const lateMs = limit.takeLateMs();
      const late = lateMs === undefined ? {} : { lateMs };
      const expired = expiredBefore(result.result, act, scene);
      outcomes.push({ ...nameOf(act), ...result, ...expired, ...late } as ActOutcome);
    }
    return outcomes;
  } finally {
    limit.end();
    for (const connection of scene.connections.values()) connection.close();
    takeCookieBack(prefix);
  }
}

/** What became of a connection that was open: its token may have expired since. */
const ON_OPEN = new Set(["acknowledged", "received", "lost", "disconnected"]);

function expiredBefore(
  result: string,
  act: ClientTask["acts"][number],
  { connections }: Scene,
): Pick<ActOutcome, "expiredMs"> {
  if (!ON_OPEN.has(result) || !("as" in act)) return {};
  const expiredMs = Date.now() - expiresAtMs(connections.get(act.as)?.token ?? null);
  return expiredMs >= 0 ? { expiredMs } : {};
}
