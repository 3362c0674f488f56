// Runs esbuild and stops its service, a process of 34 MB, when no work is left.

type Esbuild = typeof import("esbuild");

let users = 0;

/** esbuild is loaded only here, since most commands do not need it. */
export async function withEsbuild<Result>(
  work: (esbuild: Esbuild) => Promise<Result>,
): Promise<Result> {
  users += 1;
  const esbuild = await import("esbuild");
  try {
    return await work(esbuild);
  } finally {
    users -= 1;
    if (users === 0) await esbuild.stop();
  }
}
