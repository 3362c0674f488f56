// Kills a server when a client asks for it, as an operator might: the request belongs to an attempt, but not to its trace. The pool
// (`lab/servers/pool`) starts another one in its place when the server is used next.
import { createServer } from "node:http";
import type { Socket } from "node:net";
import type { WireAttempts } from "./attempts.ts";
import { connectPlainly, type Destination } from "./link.ts";
import { listen } from "./listening.ts";
import { readKill } from "./request-route.ts";

/** Answers `POST /attempt/<id>/kill/<number>` once that server has ended. */
export async function openKiller(
  attempts: Pick<WireAttempts, "kill">,
): Promise<{ destination: Destination; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    const { attemptId = "", server: number = 0 } = readKill(request.url ?? "") ?? {};
    const answer = (status: number): unknown =>
      response.writeHead(status, { connection: "close" }).end();
    attempts.kill(attemptId, number).then(
      (isDone) => answer(isDone ? 204 : 404),
      () => answer(500),
    );
  });
  const listening = await listen(server, 0, "127.0.0.1");
  const connect = (): Socket => connectPlainly(listening.port, "127.0.0.1");
  return { destination: { connect, prefix: "" }, stop: () => listening.stop() };
}
