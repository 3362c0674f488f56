// Finds a program: the one that an environment variable names, or the first in its usual places.
import path from "node:path";
import { isProgram } from "../../lab/browser/program.ts";

/** An environment variable names something that is no program. */
class ProgramPathError extends Error {
  readonly code = "BAD_PROGRAM_PATH";
}

interface Wanted {
  /** The environment variable that goes before all places: `FIREFOX_PATH`. */
  variable: string;
  /** What it is, in a sentence: `Firefox's program`. */
  what: string;
  /** Where it may be, most likely first. */
  places: readonly string[];
}

/**
 * @returns undefined if there is none
 * @throws ProgramPathError (code BAD_PROGRAM_PATH), since who names a program wants no other
 */
export async function findProgram(
  { variable, what, places }: Wanted,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const named = env[variable];
  if (named) {
    if (await isProgram(named)) return named;
    throw new ProgramPathError(
      `${variable} must be the path of ${what}, got "${named}": correct it or unset it.`,
    );
  }
  for (const place of places) if (await isProgram(place)) return place;
  return undefined;
}

/** Where programs of these names may be on Linux: in the folders of PATH. */
export function placesOnPath(names: readonly string[], env: NodeJS.ProcessEnv): string[] {
  const folders = (env["PATH"] ?? "").split(":").filter((folder) => folder !== "");
  return names.flatMap((name) => folders.map((folder) => path.posix.join(folder, name)));
}
