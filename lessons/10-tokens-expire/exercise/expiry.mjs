// The start of an exercise, do not copy it: an expired token is noticed only when its client sends an event.

// --- At expiry ---

export function watchExpiry(socket, atExpiry) {
  if (atExpiry === "keep") return;
  socket.use((_event, next) => {
    // An event that comes later is ignored.
    if (Date.now() < socket.data.exp * 1000) next();
  });
}
