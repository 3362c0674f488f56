// Starts a variant as a process of its own, as a learner would, and stops it again.
import path from "node:path";
import { type OwnedProcess, ownProcess } from "../owned-process.ts";
import { ROOT, startArguments } from "./variants.ts";
import type { AuthMode, Transport, Variant } from "../../model/vocabulary.ts";

/** What a variant is started with; everything that is left out keeps the variant's own default. */
export interface VariantSettings {
  auth?: AuthMode;
  transports?: readonly Transport[];
  /** At least 32 bytes. */
  secret?: string;
  issuer?: string;
  audience?: string;
  lifetimeSeconds?: number;
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
}

// Far more than a start takes, half a second: a busy machine may need many times that, and one that fails ends by itself.
const STARTUP_TIMEOUT_MS = 40_000;
const LISTENS = /^listening on (http:\S+)$/;

/** The environment of a variant: the settings, and nothing that slows its start or changes what it does. */
function environmentOf(settings: VariantSettings): NodeJS.ProcessEnv {
  const given: Record<string, string | undefined> = {
    PORT: String(settings.port ?? 0),
    HOST: settings.host,
    AUTH: settings.auth,
    TRANSPORTS: settings.transports?.join(),
    JWT_SECRET: settings.secret,
    JWT_ISSUER: settings.issuer,
    JWT_AUDIENCE: settings.audience,
    TOKEN_LIFETIME_SECONDS: settings.lifetimeSeconds?.toString(),
    // An exercise is a copy in another folder, from where the default does not lead to the page.
    CLIENT_FOLDER: path.join(ROOT, "public", "client"),
    LOG_CHECKS: settings.shouldLogChecks ? "yes" : undefined,
  };
  const { PATH, SystemRoot, TMPDIR, TEMP } = process.env;
  const environment: NodeJS.ProcessEnv = { PATH, SystemRoot, TMPDIR, TEMP, ...given };
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined));
}

/**
 * Starts a variant and waits until it listens.
 * @param options.folder where its files are, if not in its own folder
 * @throws VariantStartError (code VARIANT_DIED_AT_START) with the last lines that it printed
 */
export async function startVariant(
  variant: Variant,
  settings: VariantSettings = {},
  options: { folder?: string } = {},
): Promise<RunningVariant> {
  const command = [process.execPath, ...startArguments(variant, options.folder)] as const;
  const owned = ownProcess(`The ${variant} variant`, command, { env: environmentOf(settings) });
  try {
    const [, url = ""] = await owned.printed(LISTENS, "it listened", STARTUP_TIMEOUT_MS);
    return { ...owned, url, port: Number(new URL(url).port), pid: owned.child.pid! };
  } catch (error) {
    throw new VariantStartError((error as Error).message);
  }
}
