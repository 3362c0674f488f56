// What the conformance suite runs on here: every variant and build, in every auth mode, as a process of its own.
import type { Group } from "../../test/conformance/case.ts";
import {
  CLAIMABLE,
  type Capability,
  type Target,
  TARGET_DEFAULTS,
  withImplied,
} from "../../test/conformance/target.ts";
import { buildVariants } from "../lab/servers/build.ts";
import { type RunningVariant, startVariant } from "../lab/servers/process.ts";
import { type Build, BUILDS } from "../lab/servers/variants.ts";
import {
  AUTH_MODES,
  type AuthMode,
  type Transport,
  type Variant,
  VARIANTS,
} from "../model/vocabulary.ts";

export const RUNNABLE = [...VARIANTS, ...BUILDS] as const;

/** One way to start a variant or a build. */
export interface Subject {
  variant: Variant | Build;
  auth: AuthMode;
  /** Undefined: both. */
  transports: readonly Transport[] | undefined;
  /** The groups that say something about it; empty means all. */
  groups: readonly Group[];
  /** Where its files are, if not in its own folder. */
  folder?: string;
}

/** What all subjects are started with. */
export const SETTINGS = {
  secret: "conformance: a secret of at least 32 bytes",
  issuer: "accounts.examplesoft.com",
  audience: "yoursite.net",
};

// With one transport only handshakes differ, so the other groups need not run again.
const WEBSOCKET_ONLY: Pick<Subject, "transports" | "groups"> = {
  transports: ["websocket"],
  groups: ["handshake", "transports", "payload"],
};

// Where a credential is read and judged; the rest of a build is the same code in every mode.
const AUTH_GROUPS: readonly Group[] = ["handshake", "payload"];
/** The mode in which each build runs every case. */
const WHOLE: Record<Build, AuthMode> = { "built-cjs": "passport", "built-esm": "manual" };

/** All subjects: each variant and build in each mode, and each variant once with WebSocket alone. */
export function listSubjects(): Subject[] {
  const everyMode = RUNNABLE.flatMap((variant) =>
    AUTH_MODES.map((auth): Subject => ({ variant, auth, transports: undefined, groups: [] })),
  );
  const websocketOnly = VARIANTS.map((variant, at): Subject => ({
    variant,
    auth: AUTH_MODES[at % AUTH_MODES.length] ?? "passport",
    ...WEBSOCKET_ONLY,
  }));
  return [...everyMode, ...websocketOnly];
}

function isBuild(variant: Subject["variant"]): variant is Build {
  return BUILDS.some((build) => build === variant);
}

/**
 * The subjects with less to run: a build, which is made of a variant that runs everything, runs every case in one mode,
 * and in the others what the mode decides.
 */
export function listSubjectsBriefly(): Subject[] {
  return listSubjects().map((subject) =>
    isBuild(subject.variant) && subject.auth !== WHOLE[subject.variant]
      ? { ...subject, groups: AUTH_GROUPS }
      : subject,
  );
}

/** A subject's name: `cjs, passport`. */
export function nameOf({ variant, auth, transports }: Subject): string {
  return [variant, auth, ...(transports === undefined ? [] : [`${transports.join()} only`])].join(
    ", ",
  );
}

function claimsOf({ auth, transports }: Subject): ReadonlySet<Capability> {
  const claims = new Set(Object.keys(CLAIMABLE) as Capability[]);
  claims.delete(auth === "payload" ? "header" : "payload");
  for (const transport of ["polling", "websocket"] as const) {
    if (transports !== undefined && !transports.includes(transport)) claims.delete(transport);
  }
  return claims;
}

/** The target that a subject is once it runs, at this address. */
export function targetOf(subject: Subject, url: string): Target {
  return withImplied({
    ...TARGET_DEFAULTS,
    ...SETTINGS,
    url,
    credentials: { username: "john", password: "changeit" },
    claims: claimsOf(subject),
  });
}

/** What a subject will claim once it runs. */
export function claimedBy(subject: Subject): Target["claims"] {
  return targetOf(subject, "").claims;
}

/** A subject that runs, as the suite sees it. */
export interface RunningSubject {
  target: Target;
  process: Pick<RunningVariant, "isRunning" | "stop">;
}

/** Starts a subject. @throws VariantStartError (code VARIANT_DIED_AT_START) */
export async function startSubject(subject: Subject): Promise<RunningSubject> {
  const { variant, auth, transports, folder } = subject;
  const settings = { ...SETTINGS, auth, ...(transports === undefined ? {} : { transports }) };
  const started = await startVariant(variant, settings, folder === undefined ? {} : { folder });
  return { target: targetOf(subject, started.url), process: started };
}

/** Builds anew what is going to be run, if a build is: the sources may have changed since the last time. */
export async function buildWhatIsRun(subjects: readonly Subject[]): Promise<void> {
  if (subjects.some(({ variant }) => isBuild(variant))) await buildVariants();
}
