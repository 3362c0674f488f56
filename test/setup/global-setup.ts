// Around all tests: commands are bundled from the sources as they are now, and what tests leave in the temporary folder goes.
import { chmodSync, mkdtempSync, realpathSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { bundleCommands } from "../../scripts/command/bundle.ts";

export async function setup(): Promise<() => Promise<void>> {
  const problem = await bundleCommands();
  if (problem !== undefined) console.error(problem);
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), "tests-"));
  // A test may run a command as another user.
  chmodSync(folder, 0o755);
  // A thread that runs tests is ended without a word, and the processes that they start may be killed.
  process.env["TMPDIR"] = folder;
  return () => rm(folder, { recursive: true });
}
