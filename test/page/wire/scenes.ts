// Real attempts for the tests of the diagram: a real server, real clients, and what really went over the wire.
import path from "node:path";
import type { Browser } from "playwright-core";
import type { Layout } from "../../../public/page/wire/layout.ts";
import type { ActOf } from "../../../scripts/model/acts.ts";
import type { FilledCell } from "../../../scripts/model/cell.ts";
import type { Lab, Seen } from "../../../scripts/lab/lab.ts";
import {
  CLIENTS,
  type Client,
  type TokenName,
  type AuthMode,
  type Transport,
} from "../../../scripts/model/vocabulary.ts";
import { makeToken } from "../../../scripts/lab/named-tokens.ts";
import type { Trace } from "../../../scripts/model/trace.ts";
import { GOOD_ACT, LOGIN } from "../../helpers/good-act.ts";
import type { WireSite } from "./site.ts";

/** The same attempt by both clients. */
export type Scene = Record<Client, FilledCell>;

const SERVER = { variant: "cjs", serverTransports: ["polling", "websocket"] } as const;
const GUIDE = path.resolve("lessons/04-passport-or-manual");
// The guide's own forms: one cuts the connection of a websocket without a token, the other lets a session open without a user.
const [GUIDE_PASSPORT, GUIDE_MANUAL] = [`${GUIDE}/guide-passport`, `${GUIDE}/guide-manual`];

interface Setting {
  auth?: AuthMode;
  transports?: Transport[];
  tryAllTransports?: boolean;
  token: TokenName;
  serverTransports?: Transport[];
  overlayFolder?: string;
}

const SETTINGS = {
  websocket: { transports: ["websocket"], token: "valid" },
  polling: { token: "valid" },
  tryAll: { transports: ["websocket", "polling"], tryAllTransports: true, token: "valid" },
  expired: { token: "expired" },
  cut: { transports: ["websocket"], token: "none", overlayFolder: GUIDE_PASSPORT },
  notOffered: { transports: ["websocket"], token: "valid", serverTransports: ["polling"] },
  guard: { auth: "manual", token: "no-user", overlayFolder: GUIDE_MANUAL },
  payload: { auth: "payload", transports: ["websocket"], token: "expired" },
} satisfies Record<string, Setting>;

export type SceneName = keyof typeof SETTINGS | "self" | "tabs";
export type Scenes = Record<SceneName, Scene>;

/** Makes all attempts, with a good token that the caller knows. */
export async function playScenes(lab: Lab, goodToken: string): Promise<Scenes> {
  const scenes: Partial<Scenes> = {};
  for (const [name, setting] of Object.entries(SETTINGS))
    scenes[name as SceneName] = await bothClients((client) =>
      connect(lab, client, setting, goodToken),
    );
  const { body: _, ...rest } = LOGIN;
  const self: ActOf<"request"> = { ...rest, method: "GET", path: "/self", credential: "header" };
  const acts = [{ ...self, token: "expired" as const }];
  scenes.self = await bothClients((client) =>
    lab.run({ ...SERVER, auth: "passport", acts }, client),
  );
  // Two connections of one user, and an event that goes out once and comes in twice.
  const tab = (as: string): ActOf<"connect"> => {
    const transports = ["polling", "websocket"] as const;
    return { ...GOOD_ACT, as, transports: [...transports], token: { text: goodToken } };
  };
  const note: ActOf<"emit"> = { do: "emit", as: "tab 2", event: "sendNote", args: [1, "hello"] };
  const tabs = [tab("tab 1"), tab("tab 2"), note];
  // One after the other: at the same time, each would receive the other's note.
  let before: Promise<unknown> = Promise.resolve();
  scenes.tabs = await bothClients((client) => {
    const run = before.then(() => lab.run({ ...SERVER, auth: "passport", acts: tabs }, client));
    before = run;
    return run;
  });
  return scenes as Scenes;
}

async function bothClients(run: (client: Client) => Promise<Seen>): Promise<Scene> {
  const [browser, node] = await Promise.all(
    CLIENTS.map(async (client): Promise<FilledCell> => {
      const seen = await run(client);
      const server = "cjs · passport · polling+websocket";
      return { client, ...seen, server, verdict: "no expectation", differences: [] };
    }),
  );
  return { browser: browser!, node: node! };
}

function connect(lab: Lab, client: Client, setting: Setting, goodToken: string): Promise<Seen> {
  const { auth = "passport", transports = ["polling", "websocket"], overlayFolder } = setting;
  const { tryAllTransports = false, serverTransports = SERVER.serverTransports } = setting;
  const token = setting.token === "valid" ? { text: goodToken } : setting.token;
  const credential = auth === "payload" ? "payload" : "header";
  const act = {
    ...GOOD_ACT,
    transports,
    tryAllTransports,
    credential,
    scheme: "bearer",
    token,
  } as const;
  const server = { ...SERVER, serverTransports, auth, ...(overlayFolder && { overlayFolder }) };
  return lab.run({ ...server, acts: [act] }, client);
}

/** A token that the lab's servers accept. */
export function goodTokenOf(lab: Lab): string {
  return makeToken("valid", lab.tokenMaker())!;
}

/** All that the tests look at. */
export interface Played {
  scenes: Scenes;
  goodToken: string;
  browser: Browser;
  site: WireSite;
}

export const NAMES = { client: "Chrome 147", server: "cjs server" };

export function allTraces({ scenes }: Played): Trace[] {
  return Object.values(scenes).flatMap(({ browser, node }) => [browser.trace, node.trace]);
}

export function titlesOf({ rows }: Layout): string[] {
  return rows.flatMap(({ texts }) => texts.flatMap(({ isTitle, text }) => (isTitle ? [text] : [])));
}
