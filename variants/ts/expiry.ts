// What happens to a connected socket when its token expires. The check is over once a socket is connected: without
// this, a token that was stolen for a minute is good for as long as the thief stays connected.
import type { Settings } from "./settings.ts";
import type { UserSocket } from "./user-rooms.ts";

// --- Waiting for "exp" ---

// A timer can wait 24.8 days (2^31 ms), and one that is given more fires at once. And it does not follow the system's
// clock, which "exp" counts by and which can jump, for example after a sleep. So it looks at the clock every minute.
const LONGEST_WAIT_MS = 60_000;

/** @returns stops waiting */
function onceExpired(exp: number, act: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  function look(): void {
    const leftMs = exp * 1000 - Date.now();
    // Not `<= 0`: a socket without an "exp" counts as expired.
    if (!(leftMs > 0)) return act();
    // The socket keeps the process running, its timer need not.
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
    // `true` ends the session as well: without it, a client could keep its connection for nothing. It also ends the
    // sockets of the other namespaces. In payload mode their tokens may still be good: then the client connects them
    // again, and this one not, which needs a new token first.
    if (atExpiry === "disconnect") socket.disconnect(true);
  });
  socket.on("disconnect", stop);
}
