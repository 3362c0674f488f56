// Opens a connection. Runs in Node and in a page alike.
import { Connection } from "../connection.ts";
import { bringCookie, isPage } from "../cookie.ts";
import { openFrame, originElsewhere } from "../elsewhere.ts";
import { expiresAtMs } from "../expiry.ts";
import { type Perform, skipped, tokenFor } from "../scene.ts";
import { since } from "../time-limit.ts";
import type { GivenAct, ResultOf } from "../../model/acts.ts";

export const connect: Perform<"connect"> = async (act, scene) => {
  const { over, from, ...here } = act;
  const shared = over === undefined ? undefined : scene.connections.get(over);
  // Once it has ended, its Manager opens a new session.
  if (over !== undefined && !shared?.isConnected && !shared?.hasEnded)
    return skipped(`${over} is not connected`);
  const page = from && originElsewhere(from, scene.origin, scene.otherPort ?? 0);
  const token = tokenFor(act.token, scene);
  if (page !== undefined && isPage) {
    // The browser sends the cookie, whichever page has had it stored.
    const isCookie = act.credential === "cookie";
    if (isCookie) bringCookie(token, scene.prefix);
    return connectFrom(page, { ...here, token: isCookie ? null : token }, scene);
  }
  const connection = new Connection(scene.io, { ...scene, shared, page }, act);
  scene.connections.set(act.as, connection);
  const leftMs = expiresAtMs(token) - Date.now();
  const opened = await connection.open(token);
  // A token of seconds should be enough; on a busy machine it may expire meanwhile.
  if (leftMs > 0 && expiresAtMs(token) <= Date.now()) scene.limit.giveUp();
  return opened;
};

/** In a frame, which takes its connection along when it goes. */
async function connectFrom(
  page: string,
  act: GivenAct<"connect">,
  { prefix, limit }: Parameters<typeof connect>[1],
): Promise<ResultOf<"connect">> {
  const startedAt = performance.now();
  const acts = [act, { do: "disconnect", as: act.as } as const];
  const frame = openFrame(page, { prefix, acts, timeoutMs: limit.leftMs() });
  try {
    const outcome = await limit.within(Infinity, frame.outcome, () => null);
    if (outcome === null) return { result: "unanswered", durationMs: since(startedAt) };
    // Through a forwarder, one port comes to a person's machine, and no other.
    if (outcome === undefined)
      return skipped(`no page opens at ${page}: it needs a browser on the machine of the sandbox`);
    const { do: _kind, as: _name, ...result } = outcome[0]!;
    return result as ResultOf<"connect">;
  } finally {
    frame.remove();
  }
}
