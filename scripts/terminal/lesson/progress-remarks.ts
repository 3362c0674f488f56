// Reports the progress of something slow: after a second, and then less often, so that a long run does not print a long list.

const NOTICEABLE_MS = 1_000;
const LONGEST_MS = 5_000;

/**
 * Calls `say` again and again until it is stopped.
 * @returns stops it
 */
export function remarkOnProgress(say: () => void): () => void {
  let waitMs = NOTICEABLE_MS;
  let timer: ReturnType<typeof setTimeout>;
  const wait = (): void => {
    timer = setTimeout(() => {
      say();
      waitMs = Math.min(LONGEST_MS, waitMs * 2);
      wait();
    }, waitMs);
  };
  wait();
  return () => clearTimeout(timer);
}
