// Ends what this process has started, however this process ends. SIGKILL, a lack of memory or a crash leave it no time
// for that. So a shell waits for the end of a pipe, which the system closes in every case.
import { spawn } from "node:child_process";
import type { Writable } from "node:stream";

// Each "processes" line replaces the one before. `rm` may meet a process that is still writing as it dies, so it tries twice.
const SCRIPT = `
while IFS= read -r line; do
  case $line in
    "processes "*) left=\${line#processes } ;;
    "folder "*) set -- "$@" "\${line#folder }" ;;
  esac
done
[ -z "$left" ] || kill -s KILL -- $left
[ $# -eq 0 ] || rm -rf -- "$@" || { sleep 1; rm -rf -- "$@"; }
`;

const guarded = new Set<number>();
let pipe: Writable | undefined;

/**
 * Ends a process with this one.
 * @param id of a process, or of a process group with a minus before it
 * @returns call it once the process has ended, since its id may then belong to another
 */
export function guardProcess(id: number): () => void {
  guarded.add(id);
  tellProcesses();
  return () => {
    if (guarded.delete(id)) tellProcesses();
  };
}

/** Removes a folder with this process, after the processes have ended. @param folder absolute */
export function guardFolder(folder: string): void {
  // A second line would be read as something else.
  if (!folder.includes("\n")) tell(`folder ${folder}`);
}

function tellProcesses(): void {
  tell(`processes ${[...guarded].join(" ")}`);
}

function tell(line: string): void {
  // On Windows, Node puts its children into a job that ends with it.
  if (process.platform === "win32") return;
  pipe ??= openPipe();
  pipe.write(`${line}\n`);
}

function openPipe(): Writable {
  const shell = spawn("/bin/sh", ["-c", SCRIPT, "watchdog"], {
    stdio: ["pipe", "ignore", "ignore"],
    // Out of reach of Ctrl-C, and of a signal to the whole group of this process.
    detached: true,
  });
  shell.once("error", ({ message }) =>
    process.emitWarning(`Should this process be killed, servers may stay behind: ${message}`),
  );
  shell.unref();
  const { stdin } = shell;
  // Somebody has ended the shell. What this process ends itself is ended all the same.
  stdin.on("error", () => stdin.destroy());
  // Neither keeps this process alive.
  (stdin as unknown as { unref(): void }).unref();
  return stdin;
}
