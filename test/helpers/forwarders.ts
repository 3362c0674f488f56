// What stands between a browser and the sandbox in real life: a forwarded port, a proxy that changes headers, one that ends TLS.
import { readFile } from "node:fs/promises";
import { createServer as createHttpServer, type IncomingMessage, request } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { connect, createServer, type Server } from "node:net";
import path from "node:path";
import { pipeline } from "node:stream";
import { listen } from "../../scripts/lab/wire/listening.ts";

type Headers = Record<string, string | string[] | undefined>;

export interface Forwarder {
  /** Where a browser reaches it. */
  readonly origin: string;
  /** The port of the sandbox; nothing is forwarded before it is set. */
  to: number;
  stop(): Promise<void>;
}

/** As `ssh -L` does: bytes, at another port. */
export function forwardBytes(): Promise<Forwarder> {
  return start("http", (forwarder) =>
    createServer({ allowHalfOpen: true }, (client) => {
      const server = connect({ port: forwarder.to, host: "127.0.0.1", allowHalfOpen: true });
      pipeline(client, server, client, () => undefined);
    }),
  );
}

/** @param change what the proxy makes of the headers of a request */
export async function forwardHttp(
  scheme: "http" | "https",
  change: (headers: Headers, forwarder: Forwarder) => Headers,
): Promise<Forwarder> {
  const pem = await readFile(path.join(import.meta.dirname, "localhost.pem"));
  return start(scheme, (forwarder) => {
    const ask = ({ method, url, headers }: IncomingMessage): ReturnType<typeof request> => {
      const changed = change({ ...headers }, forwarder);
      const known = Object.entries(changed).filter(([, value]) => value !== undefined);
      const to = { host: "127.0.0.1", port: forwarder.to, agent: false, path: url, method };
      return request({ ...to, headers: Object.fromEntries(known) as Record<string, string> });
    };
    const server =
      scheme === "http" ? createHttpServer() : createHttpsServer({ key: pem, cert: pem });
    server.on("request", (incoming, response) => {
      const asked = ask(incoming);
      asked.on("response", (answer) => {
        response.writeHead(answer.statusCode!, answer.headers);
        pipeline(answer, response, () => undefined);
      });
      asked.on("error", () => response.destroy());
      incoming.pipe(asked);
    });
    server.on("upgrade", (incoming, client) => {
      const asked = ask(incoming);
      asked.on("upgrade", (answer, upstream, first) => {
        client.write(Buffer.concat([Buffer.from(headOf(answer)), first]));
        pipeline(client, upstream, client, () => undefined);
      });
      asked.on("response", (answer) => {
        client.write(headOf(answer));
        pipeline(answer, client, () => undefined);
      });
      asked.on("error", () => client.destroy());
      client.on("error", () => asked.destroy());
      asked.end();
    });
    return server;
  });
}

function headOf({ statusCode, statusMessage, rawHeaders }: IncomingMessage): string {
  const lines = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [`${name}: ${rawHeaders[index + 1]}`] : [],
  );
  return [`HTTP/1.1 ${statusCode} ${statusMessage}`, ...lines, "", ""].join("\r\n");
}

async function start(scheme: string, create: (forwarder: Forwarder) => Server): Promise<Forwarder> {
  const forwarder = { origin: "", to: 0, stop: () => Promise.resolve() };
  const listening = await listen(create(forwarder), 0, "127.0.0.1");
  const origin = `${scheme}://localhost:${listening.port}`;
  return Object.assign(forwarder, { origin, stop: () => listening.stop() });
}
