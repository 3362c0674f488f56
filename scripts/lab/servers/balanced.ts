// Several servers behind one address of this machine: a load balancer in front, and another server in the place of each that ends.
import { Socket } from "node:net";
import { setTimeout } from "node:timers/promises";
import { Balancer } from "../wire/balancer.ts";
import { openEntrance } from "../wire/entrance.ts";
import { connectPlainly, type Destination } from "../wire/link.ts";
import { type Nodes, type NodesOptions, startNodes } from "./nodes.ts";
import type { RunningVariant } from "./process.ts";

export interface BalancedNodes extends Pick<Nodes, "servers"> {
  /** The one address of all: `http://127.0.0.1:<port>` */
  readonly origin: string;
  stop(): Promise<void>;
}

interface BalancedOptions extends NodesOptions {
  host?: string;
  /** 0 takes any free port. */
  port?: number;
  /** Called when a server has ended, and when one has started in its place, with a sentence. */
  onNews: (sentence: string) => void;
}

// One that ends soon after each start would keep the machine busy.
const SHORT_LIFE_MS = 2_000;
const PAUSE_MS = 1_000;

/** Where requests go while no server runs: they are cut, as if there were no balancer, and a client tries again. */
const NOWHERE: Destination = {
  connect: () => new Socket().destroy(new Error("No server runs.")),
  prefix: "",
};

/**
 * Starts them. The requests of a session go to the server that opened it; others go to one server after the other.
 * @throws the system's error, if the port cannot be had (code EADDRINUSE, EACCES, …); or as `startNodes` does
 */
export async function openBalancedNodes(options: BalancedOptions): Promise<BalancedNodes> {
  const { host = "127.0.0.1", port = 0, onNews } = options;
  const balancer = new Balancer("session");
  const entrance = await openEntrance({
    host,
    port,
    find: (route, client) => balancer.choose(route, client) ?? NOWHERE,
  });
  let isStopping = false;

  function serve(number: number, running: RunningVariant): void {
    const startedAt = performance.now();
    const server: Destination = {
      connect: () => connectPlainly(running.port, "127.0.0.1"),
      prefix: "",
      onAnswer: (response) => balancer.noteAnswer(server, response),
    };
    balancer.add(server);
    const leave = (reason: number | string): void => {
      balancer.remove(server);
      entrance.drop(server);
      if (isStopping) return;
      onNews(`Server ${number} ended (${reason}); another one starts in its place.`);
      const isShort = performance.now() - startedAt < SHORT_LIFE_MS;
      void replace(number, isShort ? PAUSE_MS : 0);
    };
    if (running.isRunning()) running.output.once("exit", leave);
    else leave("at once");
  }

  async function replace(number: number, pauseMs: number, isTold = false): Promise<void> {
    await setTimeout(pauseMs);
    if (isStopping) return;
    try {
      const running = await nodes.startAgain(number);
      if (isStopping) return;
      serve(number, running);
      onNews(`Server ${number} runs again.`);
    } catch (error) {
      if (isStopping) return;
      const { message } = error as Error;
      if (!isTold) onNews(`Server ${number} does not start, and is tried again: ${message}`);
      await replace(number, PAUSE_MS, true);
    }
  }

  const nodes = await startNodes(options).catch(async (error: unknown) => {
    await entrance.stop();
    throw error;
  });
  for (const [index, running] of nodes.servers.entries()) serve(index + 1, running);

  return {
    origin: entrance.origin,
    servers: nodes.servers,
    async stop() {
      isStopping = true;
      await Promise.all([entrance.stop(), nodes.stop()]);
    },
  };
}
