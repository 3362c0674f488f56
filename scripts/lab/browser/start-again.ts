// Starts a browser once more if it crashed as it started: on a busy machine Chromium 147 does so once in some hundred
// starts, before it has said a word, and the next start is as good as any.

// Read from the message, since Playwright gives the signal nowhere else.
const CRASH = /\bSIG(?:ABRT|BUS|ILL|SEGV|TRAP)\b/;

/** @param start fails with a message that names the signal by which the process ended */
export async function startAgainAfterCrash<Started>(
  start: () => Promise<Started>,
): Promise<Started> {
  try {
    return await start();
  } catch (error) {
    if (!CRASH.test((error as Error).message)) throw error;
    return start();
  }
}
