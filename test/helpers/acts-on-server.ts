// Acts for tests, and a variant on which they are done, which can also do what it never does itself.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { type Lab, openLab } from "../../scripts/lab/lab.ts";
import { folderOf } from "../../scripts/lab/servers/variants.ts";
import type { Act, ActOf, Outcome } from "../../scripts/model/acts.ts";
import type { AuthMode, Client, Transport } from "../../scripts/model/vocabulary.ts";
import { exerciseFolders } from "./exercise-folder.ts";
import { GOOD_ACT } from "./good-act.ts";

/** Ends sockets, answers before it sends, and sends something later. */
const MORE_EVENTS = `
  socket.on("end", () => socket.disconnect(true));
  socket.on("cut", () => socket.conn.close());
  socket.on("cutLater", (ms, answer) => { answer(); setTimeout(() => socket.conn.close(), ms); });
  socket.on("tellAll", (answer) => { answer("told"); io.emit("news", "for all"); });
  socket.on("later", (ms, answer) => { answer(); setTimeout(() => socket.emit("news", ms), ms); });
`;

export interface ServerForActs {
  readonly lab: Lab;
  run(
    client: Client,
    acts: Act[],
    options?: { auth?: AuthMode; timeoutMs?: number; settings?: Record<string, string> },
  ): Promise<Outcome>;
  close(): Promise<void>;
}

export async function openServerForActs(): Promise<ServerForActs> {
  const [lab, exercises] = await Promise.all([
    openLab({ usesPerPage: 5, startsAhead: false }),
    exerciseFolders(),
  ]);
  const rooms = await readFile(path.join(folderOf("cjs"), "user-rooms.cjs"), "utf8");
  const more = rooms.replace('socket.on("whoami"', `${MORE_EVENTS}socket.on("whoami"`);
  const overlayFolder = await exercises.write("more-events", { "user-rooms.cjs": more });
  const transports: Transport[] = ["polling", "websocket"];
  return {
    lab,
    async run(client, acts, { auth = "passport", timeoutMs = 5_000, settings = {} } = {}) {
      const place = { variant: "cjs", auth, serverTransports: transports, overlayFolder } as const;
      const server = { ...place, settings };
      const choice = { ...server, isAlone: true, acts, timeoutMs };
      return (await lab.run(choice, client)).outcome;
    },
    close: async () => {
      await Promise.all([lab.close(), exercises.removeAll()]);
    },
  };
}

export function connect(as = "socket", change: Partial<ActOf<"connect">> = {}): ActOf<"connect"> {
  return { ...GOOD_ACT, transports: ["polling", "websocket"], as, ...change };
}
export function emit(as: string, event: string, ...args: unknown[]): Act {
  return { do: "emit", as, event, args };
}
export function waitFor(awaited: ActOf<"wait">["for"], as = "socket"): Act {
  return { do: "wait", as, for: awaited };
}
export function refresh(change: Partial<ActOf<"refresh">> = {}): Act {
  return { do: "refresh", with: "last", ...change };
}
export const note = (text: string): unknown => ({ from: { id: 1, username: "john" }, text });
export const results = (outcome: Outcome): string[] => outcome.map(({ result }) => result);
