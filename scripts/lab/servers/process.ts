// Starts a variant as a process of its own, as a learner would, and stops it again.
import type { StdioOptions } from "node:child_process";
import path from "node:path";
import { ProcessEndError, type OwnedProcess, ownProcess } from "../owned-process.ts";
import { type Crash, describeCrash } from "./crash.ts";
import type { Relay } from "./relay.ts";
import { ROOT, startArguments, startFile } from "./variants.ts";
import type { AuthMode, Transport, Variant } from "../../model/vocabulary.ts";

/** Settings by their names in the environment. */
export type MoreSettings = Readonly<Record<string, string | null>>;

/** What a variant is started with; everything that is left out keeps the variant's own default. */
export interface VariantSettings {
  auth?: AuthMode;
  transports?: readonly Transport[];
  /** At least 32 bytes. */
  secret?: string;
  issuer?: string;
  audience?: string;
  lifetimeSeconds?: number;
  /** Of pages that may connect besides the server's own. */
  allowedOrigin?: string | undefined;
  /** More settings, by their names in the environment: `AT_EXPIRY`. With null, the variant gets none of that name. */
  more?: MoreSettings | undefined;
  /** Prints a line for each check of a credential, and one that says why it was refused. */
  shouldLogChecks?: boolean;
  /** 0, the default here, takes any free port. */
  port?: number;
  host?: string;
}

export interface RunningVariant extends Pick<
  OwnedProcess,
  "output" | "lastLines" | "isRunning" | "stop"
> {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
}

/** A variant ended before it listened. The message holds its last lines. */
export class VariantStartError extends Error {
  readonly code = "VARIANT_DIED_AT_START";
  readonly crash: Crash;

  constructor(crash: Crash) {
    super(describeCrash(crash));
    this.crash = crash;
  }
}

// Far more than a start takes, half a second: a busy machine may need many times that, and a server that fails exits.
const STARTUP_TIMEOUT_MS = 40_000;
/** What a variant prints once it listens: its address, and the port in that. */
export const LISTENS = /^listening on (http:\S+:(\d+))$/;

/** What every variant has in its environment: nothing that slows its start or changes what it does. */
export function bareEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TMPDIR, TEMP } = process.env;
  return withoutUndefined({ PATH, SystemRoot, TMPDIR, TEMP });
}

/** What a variant with these settings finds in its environment, besides the bare one. */
export function environmentOf(settings: VariantSettings): NodeJS.ProcessEnv {
  return withoutUndefined({
    PORT: String(settings.port ?? 0),
    HOST: settings.host,
    AUTH: settings.auth,
    TRANSPORTS: settings.transports?.join(),
    JWT_SECRET: settings.secret,
    JWT_ISSUER: settings.issuer,
    JWT_AUDIENCE: settings.audience,
    TOKEN_LIFETIME_SECONDS: settings.lifetimeSeconds?.toString(),
    ALLOWED_ORIGINS: settings.allowedOrigin,
    // An exercise is a copy in another folder, from where the default does not lead to the page.
    CLIENT_FOLDER: path.join(ROOT, "public", "client"),
    LOG_CHECKS: settings.shouldLogChecks ? "yes" : undefined,
    ...settings.more,
  });
}

function withoutUndefined(environment: Record<string, unknown>): NodeJS.ProcessEnv {
  const entries = Object.entries(environment) as [string, string | null | undefined][];
  return Object.fromEntries(
    entries.filter(([, value]) => value !== undefined && value !== null),
  ) as NodeJS.ProcessEnv;
}

export interface StartOptions {
  /** Where its files are, if not in its own folder. */
  folder?: string | undefined;
  /** A process that waits to become one of that format. */
  spare?: OwnedProcess | undefined;
  /** By which it reaches other servers. */
  relay?: Relay | undefined;
  /** Ctrl-C, which a terminal sends to this process and all that it started, does not reach it. */
  hasOwnGroup?: boolean | undefined;
}

/**
 * Starts a variant and waits until it listens.
 * @throws VariantStartError (code VARIANT_DIED_AT_START) with the last lines that it printed
 */
export async function startVariant(
  variant: Variant,
  settings: VariantSettings = {},
  { folder, spare, relay, hasOwnGroup = false }: StartOptions = {},
): Promise<RunningVariant> {
  const environment = environmentOf(settings);
  const startAlone = (): Promise<RunningVariant> => {
    const command = [process.execPath, ...startArguments(variant, folder)] as const;
    const env = { ...bareEnvironment(), ...environment };
    const stdio: StdioOptions = ["ignore", "pipe", "pipe", ...(relay ? ["ipc" as const] : [])];
    const owned = ownProcess(`The ${variant} variant`, command, { env, stdio, hasOwnGroup });
    relay?.join(owned.child);
    return listening(owned);
  };
  if (spare === undefined) return startAlone();
  try {
    return await becomeVariant(spare, startFile(variant, folder), settings, { relay });
  } catch (error) {
    // One that cannot start says here what it says to a learner who starts it. Any other text means a mistake of ours.
    const running = await startAlone();
    process.emitWarning(`The ${variant} variant was started a second time. ${String(error)}`);
    return running;
  }
}

interface Becoming extends Pick<StartOptions, "relay"> {
  limitMs?: number;
  tracesThrows?: boolean;
}

/**
 * Lets a spare process become a server, which has started once this resolves.
 * @throws VariantStartError (code VARIANT_DIED_AT_START) with the last lines that it printed
 */
export function becomeVariant(
  spare: OwnedProcess,
  file: string,
  settings: VariantSettings,
  { limitMs, tracesThrows, relay }: Becoming = {},
): Promise<RunningVariant> {
  spare.child.send({ file, environment: environmentOf(settings), tracesThrows });
  relay?.join(spare.child);
  return listening(spare, limitMs);
}

async function listening(
  owned: OwnedProcess,
  limitMs = STARTUP_TIMEOUT_MS,
): Promise<RunningVariant> {
  try {
    const [, url = "", port] = await owned.printed(LISTENS, "it listened", limitMs);
    return { ...owned, url, port: Number(port), pid: owned.child.pid! };
  } catch (error) {
    if (error instanceof ProcessEndError) throw new VariantStartError(error.crash);
    throw error;
  }
}
