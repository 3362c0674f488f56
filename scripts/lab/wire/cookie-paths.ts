// Moves the cookies that a server sets below the prefix of its attempt, as a reverse proxy does that takes a prefix off paths.

// Enough for an attempt. In a person's browser its cookies shall not push out those of other servers of this machine.
const LIFETIME_SECONDS = 60;

/**
 * Without this, a browser would send the cookie of one attempt in every other one, and to the sandbox's own page.
 * @param bytes the beginning of a response; as it is, where there is more of the head to come
 */
export function moveCookies(bytes: Buffer, prefix: string): Buffer {
  const end = bytes.indexOf("\r\n\r\n");
  const head = bytes.toString("latin1", 0, Math.max(end, 0));
  const moved = head.replaceAll(/^set-cookie:.*/gim, (line) =>
    line
      .replace(/(; *path=)\//i, `$1${prefix}/`)
      .replace(/(; *max-age=)\d+/i, (_all, name: string) => name + String(LIFETIME_SECONDS)),
  );
  if (moved === head) return bytes;
  return Buffer.concat([Buffer.from(moved, "latin1"), bytes.subarray(end)]);
}
