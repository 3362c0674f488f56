// Lends esbuild, and ends its service, a process of 34 MB, as soon as nobody works with it.

type Esbuild = typeof import("esbuild");

let users = 0;

/** Does the work with esbuild. Loaded only here, since most commands have no use for it. */
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
