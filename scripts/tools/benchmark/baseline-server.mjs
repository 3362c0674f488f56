// What the variants are measured against: Socket.IO with the same limits and no authentication.
import { createServer } from "node:http";
import { Server } from "socket.io";

const httpServer = createServer();
const io = new Server(httpServer, { maxHttpBufferSize: 65_536, connectTimeout: 10_000 });
io.on("connection", (socket) => socket.on("whoami", (reply) => reply(null)));
httpServer.listen(0, "127.0.0.1", () => {
  console.log(`listening on http://127.0.0.1:${httpServer.address().port}`);
});
process.once("SIGTERM", () => process.exit(0));
