// What happens to a connected socket when its token expires. The check is over once a socket is connected: without
// this, a token that was stolen for a minute is good for as long as the thief stays connected.
import type { Settings } from "./settings.ts";
import type { UserSocket } from "./user-rooms.ts";

// --- Waiting for "exp" ---

// A timer can wait 24.8 days (2^31 ms); with a longer time it fires at once. Nor does it follow the system's clock, by
// which "exp" is checked and which can jump, for example after a sleep. So this looks at the clock every minute.
const LONGEST_WAIT_MS = 60_000;

/** @returns stops waiting */
function onceExpired(exp: number, act: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  function look(): void {
    const leftMs = exp * 1000 - Date.now();
    // Not `<= 0`: a socket without an "exp" counts as expired.
    if (!(leftMs > 0)) return act();
    // The socket keeps the process running; its timer need not.
    timer = setTimeout(look, Math.min(leftMs, LONGEST_WAIT_MS)).unref();
  }
  look();
  return () => clearTimeout(timer);
}

// --- At expiry ---

export function watchExpiry(socket: UserSocket, atExpiry: Settings["atExpiry"]): void {
  if (atExpiry === "keep") return;
  const stop = onceExpired(socket.data.exp, () => {
    // Any disconnect by the server has the reason "io server disconnect", so the client could not tell why.
    socket.emit("tokenExpired");
    // `true` ends the session as well: without it, a client could keep a connection that is of no use. It also ends
    // the sockets of the other namespaces. In payload mode their tokens may still be good: then the client can connect
    // them again, but this one needs a new token first.
    if (atExpiry === "disconnect") socket.disconnect(true);
  });
  socket.on("disconnect", stop);
}
