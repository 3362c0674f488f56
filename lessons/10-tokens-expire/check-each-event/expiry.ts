// The weaker form for this lesson, do not copy it: the expiry is checked only when the client sends an event.
import type { Settings } from "./settings.ts";
import type { UserSocket } from "./user-rooms.ts";

// --- At each event ---

export function watchExpiry(socket: UserSocket, atExpiry: Settings["atExpiry"]): void {
  if (atExpiry === "keep") return;
  socket.use((_event, next) => {
    if (Date.now() < socket.data.exp * 1000) return next();
    socket.emit("tokenExpired");
    socket.disconnect(true);
  });
}
