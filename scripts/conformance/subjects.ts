// What the conformance suite runs on here: every variant, in every auth mode, as a process of its own.
import type { Group } from "../../test/conformance/case.ts";
import {
  CARRIERS,
  IN_COOKIE,
  IN_HEADER,
  IN_PAYLOAD,
  type Place,
} from "../../test/conformance/place.ts";
import {
  CLAIMABLE,
  type Capability,
  type Target,
  TARGET_DEFAULTS,
  withImplied,
} from "../../test/conformance/target.ts";
import { type SharedAdapter, startNodes } from "../lab/servers/nodes.ts";
import { type RunningVariant, startVariant } from "../lab/servers/process.ts";
import {
  AUTH_MODES,
  type AuthMode,
  type Transport,
  type Variant,
  VARIANTS,
} from "../model/vocabulary.ts";

/** One way to start a variant. */
export interface Subject {
  variant: Variant;
  auth: AuthMode;
  /** Undefined: both. */
  transports: readonly Transport[] | undefined;
  /** The groups that say something about it; empty means all. */
  groups: readonly Group[];
  /** Where its files are, if not in its own folder. */
  folder?: string;
  /** Several servers share their users by it; if it is left out, there is one server. */
  adapter?: SharedAdapter;
}

/** What all subjects are started with. */
export const SETTINGS = {
  secret: "conformance: a secret of at least 32 bytes",
  issuer: "accounts.examplesoft.com",
  audience: "yoursite.net",
};

const OTHER_ORIGIN = "https://app.example";

/** What makes a variant do all that the cases ask for, by the names of the environment. */
export const SWITCHED_ON = { REFRESH_LIFETIME_SECONDS: "3600", ALLOWED_ORIGINS: OTHER_ORIGIN };

// With one transport only handshakes differ, so the other groups need not run again.
const WEBSOCKET_ONLY: Pick<Subject, "transports" | "groups"> = {
  transports: ["websocket"],
  groups: ["handshake", "transports", "payload"],
};

/** How many servers share their users: with two, one that forgets the third would pass. */
export const SERVERS = 3;
const SHARED: Pick<Subject, "transports" | "groups" | "adapter"> = {
  transports: undefined,
  groups: ["nodes"],
  adapter: "cluster",
};

/**
 * All subjects: each variant in each mode, each variant once with WebSocket alone, and each once as several servers.
 * @param adapter each variant in each mode is several servers that share their users by it
 */
export function listSubjects(adapter?: SharedAdapter): Subject[] {
  const shared = adapter === undefined ? {} : { adapter };
  const everyMode = VARIANTS.flatMap((variant) =>
    AUTH_MODES.map((auth): Subject => ({
      variant,
      auth,
      transports: undefined,
      groups: [],
      ...shared,
    })),
  );
  const onceEach = [WEBSOCKET_ONLY, SHARED].flatMap((kind) =>
    VARIANTS.map((variant, at): Subject => ({
      variant,
      auth: AUTH_MODES[at % AUTH_MODES.length] ?? "passport",
      ...kind,
    })),
  );
  return adapter === undefined ? [...everyMode, ...onceEach] : everyMode;
}

/** A subject's name: `cjs, passport`. */
export function nameOf({ variant, auth, transports, adapter }: Subject): string {
  const kinds = [
    transports && `${transports.join()} only`,
    adapter && `${SERVERS} servers by ${adapter}`,
  ];
  return [variant, auth, ...kinds.filter((kind) => kind !== undefined)].join(", ");
}

/** Where each mode takes the token from. */
const PLACES: Record<AuthMode, Place> = {
  passport: IN_HEADER,
  manual: IN_HEADER,
  payload: IN_PAYLOAD,
  cookie: IN_COOKIE,
};

function claimsOf({ auth, transports, adapter }: Subject): ReadonlySet<Capability> {
  const claims = new Set(Object.keys(CLAIMABLE) as Capability[]);
  for (const carrier of CARRIERS) if (carrier !== PLACES[auth].carrier) claims.delete(carrier);
  const byCookie = ["login-cookie", "self-cookie"] as const;
  for (const claim of auth === "cookie" ? (["login", "self"] as const) : byCookie)
    claims.delete(claim);
  if (adapter === undefined) claims.delete("nodes");
  for (const transport of ["polling", "websocket"] as const) {
    if (transports !== undefined && !transports.includes(transport)) claims.delete(transport);
  }
  return claims;
}

/** The target that a subject is once it runs, at this address, or at these. */
export function targetOf(subject: Subject, url: string, nodes: readonly string[] = []): Target {
  return withImplied({
    ...TARGET_DEFAULTS,
    ...SETTINGS,
    url,
    nodes,
    credentials: { username: "john", password: "changeit" },
    origins: [OTHER_ORIGIN],
    places: [PLACES[subject.auth]],
    gate: subject.auth === "payload" ? "namespace" : "handshake",
    claims: claimsOf(subject),
  });
}

/** What a subject will claim once it runs. */
export function claimedBy(subject: Subject): Target["claims"] {
  const nodes = subject.adapter === undefined ? [] : Array.from({ length: SERVERS }, () => "");
  return targetOf(subject, "", nodes).claims;
}

/** A subject that runs, as the suite sees it. */
export interface RunningSubject {
  target: Target;
  process: Pick<RunningVariant, "isRunning" | "stop">;
}

/** Starts a subject. @throws as `startVariant` and `startNodes` do */
export async function startSubject(subject: Subject): Promise<RunningSubject> {
  const { variant, auth, transports, folder, adapter } = subject;
  const more = { ...SWITCHED_ON, ...(adapter && { ADAPTER: adapter }) };
  const settings = { ...SETTINGS, auth, more, ...(transports === undefined ? {} : { transports }) };
  if (adapter !== undefined) {
    const nodes = await startNodes({ variant, count: SERVERS, settings, folder });
    const urls = nodes.servers.map(({ url }) => url);
    const isRunning = (): boolean => nodes.servers.every((server) => server.isRunning());
    const process = { isRunning, stop: () => nodes.stop() };
    return { target: targetOf(subject, urls[0]!, urls), process };
  }
  const started = await startVariant(variant, settings, folder === undefined ? {} : { folder });
  return { target: targetOf(subject, started.url), process: started };
}
