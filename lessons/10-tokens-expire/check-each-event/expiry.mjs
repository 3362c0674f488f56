// The weaker form for this lesson, do not copy it: the expiry is checked only when the client sends an event.

// --- At each event ---

export function watchExpiry(socket, atExpiry) {
  if (atExpiry === "keep") return;
  socket.use((_event, next) => {
    if (Date.now() < socket.data.exp * 1000) return next();
    socket.emit("tokenExpired");
    socket.disconnect(true);
  });
}
