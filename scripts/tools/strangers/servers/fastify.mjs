// A server on Fastify, with fast-jwt in place of jsonwebtoken. Socket.IO listens on Fastify's own HTTP server.
import Fastify from "fastify";
import fastifyJwt from "@fastify/jwt";
import { Server } from "socket.io";

// payload: in io.use; cookie: the cookie that the login sets, at the handshake; forever: as payload, and exp is ignored.
const [port, habit] = process.argv.slice(2);
const app = Fastify();
await app.register(fastifyJwt, {
  secret: process.env.STRANGER_SECRET,
  sign: { expiresIn: "1h" },
  verify: {
    algorithms: ["HS256"],
    requiredClaims: ["exp", "name"],
    ignoreExpiration: habit === "forever",
  },
});

app.post("/session", (request, reply) => {
  const { name, pass } = request.body ?? {};
  if (name !== "ann" || pass !== process.env.STRANGER_PASSWORD) return reply.code(401).send({});
  const token = app.jwt.sign({ name });
  return reply
    .header("Set-Cookie", `session=${token}; HttpOnly; SameSite=Strict; Path=/`)
    .send({ token });
});

const cookieOf = ({ headers }) => /(?:^|; *)session=([^;]*)/.exec(headers.cookie ?? "")?.[1];

const io = new Server(app.server, {
  allowRequest(request, callback) {
    if (habit !== "cookie" || request._query.sid !== undefined) return callback(null, true);
    try {
      request.user = app.jwt.verify(cookieOf(request) ?? "");
      callback(null, true);
    } catch {
      callback("unauthorized", false);
    }
  },
});
io.use((socket, next) => {
  try {
    const { auth } = socket.handshake;
    socket.data.user = socket.request.user ?? app.jwt.verify(String(auth.token));
    next();
  } catch {
    next(new Error("unauthorized"));
  }
});
io.on("connection", (socket) => {
  socket.on("note", (text, answer) => {
    if (typeof answer === "function") answer({ from: socket.data.user.name, text: String(text) });
  });
});

await app.listen({ port: Number(port), host: "127.0.0.1" });
