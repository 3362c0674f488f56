// Moves the cookies that a server sets below the prefix of its attempt, as a reverse proxy does when it takes a prefix off paths.

// Enough for an attempt. In a person's browser its cookies must not push out those of other servers of this machine.
const LIFETIME_SECONDS = 60;
/** As much as Node reads of the head of a request. */
const LONGEST_HEAD_BYTES = 16_384;
const NOTHING = Buffer.alloc(0);

/** Without this, a browser would send the cookie of one attempt in every other one, and to the sandbox's own page. */
export class CookieMover {
  readonly #prefix: string;
  /** The beginning of a head, until the rest of it has come. */
  #held: Buffer = NOTHING;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** @returns what may go to the client now */
  pass(bytes: Buffer, isBeforeResponse: boolean): Buffer {
    const isHeld = this.#held.length > 0;
    if (this.#prefix === "" || !(isBeforeResponse || isHeld)) return bytes;
    const known = Buffer.concat([this.#held, bytes]);
    const end = known.indexOf("\r\n\r\n");
    const isWhole = end !== -1 || known.length > LONGEST_HEAD_BYTES;
    this.#held = isWhole ? NOTHING : known;
    return isWhole ? moveCookies(known, end, this.#prefix) : NOTHING;
  }

  /** What is left of a head that was never completed. */
  rest(): Buffer {
    return this.#held;
  }
}

function moveCookies(bytes: Buffer, end: number, prefix: string): Buffer {
  const head = bytes.toString("latin1", 0, Math.max(end, 0));
  const moved = head.replaceAll(/^set-cookie:.*/gim, (line) =>
    line
      .replace(/(; *path=)\//i, `$1${prefix}/`)
      .replace(/(; *max-age=)\d+/i, (_all, name: string) => name + String(LIFETIME_SECONDS)),
  );
  if (moved === head) return bytes;
  return Buffer.concat([Buffer.from(moved, "latin1"), bytes.subarray(end)]);
}
