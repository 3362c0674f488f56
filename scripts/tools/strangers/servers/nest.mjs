// A server on Nest with its adapter for Socket.IO. Decorators are called as functions, so that nothing has to be compiled.
import {
  Body,
  Controller,
  Get,
  HttpCode,
  Module,
  Post,
  Req,
  UnauthorizedException,
} from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { JwtModule, JwtService } from "@nestjs/jwt";
import { IoAdapter } from "@nestjs/platform-socket.io";
import { SubscribeMessage, WebSocketGateway, WsException } from "@nestjs/websockets";

// middleware: before a socket connects; connection: once it is connected, in handleConnection; nowhere: not at all.
const [port, gate] = process.argv.slice(2);
const secret = process.env.STRANGER_SECRET;
const jwt = new JwtService({ secret, signOptions: { expiresIn: "1h" } });
const read = (token) => jwt.verify(String(token), { algorithms: ["HS256"] });

class NotesGateway {
  afterInit(server) {
    if (gate !== "middleware") return;
    server.use((socket, next) => {
      try {
        socket.data.user = read(socket.handshake.auth.token);
        next();
      } catch {
        next(new WsException("unauthorized"));
      }
    });
  }

  handleConnection(client) {
    if (gate !== "connection") return;
    try {
      client.data.user = read(client.handshake.auth.token);
    } catch {
      client.disconnect(true);
    }
  }

  note(client, text) {
    return { from: client.data.user?.name, text: String(text) };
  }
}
SubscribeMessage("note")(
  NotesGateway.prototype,
  "note",
  Object.getOwnPropertyDescriptor(NotesGateway.prototype, "note"),
);
WebSocketGateway()(NotesGateway);

class AccountController {
  logIn({ name, pass }) {
    if (name !== "ann" || pass !== process.env.STRANGER_PASSWORD) throw new UnauthorizedException();
    return { access_token: jwt.sign({ name }) };
  }

  profile({ headers }) {
    const [, token] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? "") ?? [];
    try {
      return { name: read(token).name };
    } catch {
      throw new UnauthorizedException();
    }
  }
}
const method = (name) => [
  AccountController.prototype,
  name,
  Object.getOwnPropertyDescriptor(AccountController.prototype, name),
];
Body()(AccountController.prototype, "logIn", 0);
Req()(AccountController.prototype, "profile", 0);
HttpCode(200)(...method("logIn"));
Post("session")(...method("logIn"));
Get("profile")(...method("profile"));
Controller()(AccountController);

function AppModule() {}
Module({
  imports: [JwtModule.register({})],
  controllers: [AccountController],
  providers: [NotesGateway],
})(AppModule);

const app = await NestFactory.create(AppModule, { logger: ["error"] });
app.useWebSocketAdapter(new IoAdapter(app));
await app.listen(Number(port), "127.0.0.1");
