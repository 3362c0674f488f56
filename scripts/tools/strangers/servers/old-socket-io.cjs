// A server on an older Socket.IO, whose library has faults of its own that are fixed today.
const http = require("node:http");
const jwt = require("jsonwebtoken");
const { Server } = require("socket.io");

// payload: in io.use; header: at the handshake.
const [port, habit] = process.argv.slice(2);
const read = (token) =>
  jwt.verify(String(token), process.env.STRANGER_SECRET, { algorithms: ["HS256"] });

const httpServer = http.createServer((request, response) => response.writeHead(404).end());
const io = new Server(httpServer, {
  allowRequest(request, callback) {
    // It runs for every request; the token is that of the handshake.
    if (habit !== "header" || request._query.sid !== undefined) return callback(null, true);
    const [, token] = /^Bearer +([^\s,]+)$/i.exec(request.headers.authorization || "") || [];
    try {
      request.user = read(token);
      callback(null, true);
    } catch {
      callback("unauthorized", false);
    }
  },
});
io.use((socket, next) => {
  try {
    socket.user = socket.request.user || read(socket.handshake.auth.token);
    next();
  } catch {
    next(new Error("unauthorized"));
  }
});
io.on("connection", (socket) => {
  socket.on("note", (text, answer) => {
    if (typeof answer === "function") answer({ from: socket.user.name, text: String(text) });
  });
});
httpServer.listen(Number(port), "127.0.0.1");
