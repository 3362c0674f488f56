// The list of variants, auth modes and transports: the one place that knows what there is to start, and how.
import path from "node:path";

export const VARIANTS = ["cjs", "esm", "ts"] as const;
/** The server in one module format. */
export type Variant = (typeof VARIANTS)[number];

export const BUILDS = ["built-cjs", "built-esm"] as const;
/** What `npm run build` makes of the TypeScript variant. */
export type Build = (typeof BUILDS)[number];

export const AUTH_MODES = ["passport", "manual", "payload"] as const;
/** How a variant checks the token: in the header (two ways), or in the payload of the CONNECT packet. */
export type AuthMode = (typeof AUTH_MODES)[number];

export const TRANSPORTS = ["polling", "websocket"] as const;
/** A low-level transport of Engine.IO. @see https://socket.io/docs/v4/how-it-works/ */
export type Transport = (typeof TRANSPORTS)[number];

/** What a server can offer, as it is written in its settings. */
export const TRANSPORT_CHOICES = ["polling,websocket", "polling", "websocket"] as const;

/** The project's root folder, absolute. */
export const ROOT = path.resolve(import.meta.dirname, "..", "..", "..");

/** What this project keeps for itself from run to run, absolute; git ignores it. */
export const KEPT_FOLDER = path.join(ROOT, ".sandbox");

const FOLDERS: Record<Variant | Build, string> = {
  cjs: "variants/cjs",
  esm: "variants/esm",
  ts: "variants/ts",
  "built-cjs": "dist/cjs",
  "built-esm": "dist/esm",
};

const EXTENSIONS: Record<Variant | Build, string> = {
  cjs: "cjs",
  esm: "mjs",
  ts: "ts",
  "built-cjs": "cjs",
  "built-esm": "mjs",
};

/** The file extension of a variant, without the dot. */
export function extensionOf(variant: Variant | Build): string {
  return EXTENSIONS[variant];
}

/** The folder of a variant, absolute. */
export function folderOf(variant: Variant | Build): string {
  return path.join(ROOT, FOLDERS[variant]);
}

/**
 * The arguments for `node` that start a variant.
 * @param folder where its files are, if not in its own folder (an exercise is laid over a copy)
 */
export function startArguments(variant: Variant | Build, folder = folderOf(variant)): string[] {
  const file = path.join(folder, `start.${extensionOf(variant)}`);
  return variant === "ts" ? ["--import", "tsx", file] : [file];
}
