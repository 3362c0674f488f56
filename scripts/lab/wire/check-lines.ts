// Reads what a server says in its log about the credentials it checked.
import { maskText } from "./masking.ts";

export interface CheckLine {
  /** The port that the request came from, which is a port of the wire. */
  port: number;
  /** `GET polling handshake`, `CONNECT packet`, `GET /self`. */
  what: string;
}

export interface RefusalLine {
  port: number;
  /** Why what was checked last from that port is refused. */
  reason: string;
}

/** What a line tells about a check, or about why one refused; undefined for any other line. */
export function readCheckLine(line: string): CheckLine | RefusalLine | undefined {
  const [, said, digits, rest = ""] = /^(checked|refused) port (\d{1,5}): (.+)$/.exec(line) ?? [];
  const port = Number(digits);
  if (said === "checked") return rest.length > 100 ? undefined : { port, what: rest };
  const reason = said === "refused" ? unquoted(rest) : undefined;
  // Masked before it is cut, so that nothing depends on where.
  return reason === undefined ? undefined : { port, reason: maskText(reason).slice(0, 200) };
}

/** A reason is quoted as JSON, since it may repeat what a client has sent. */
function unquoted(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "string" ? value : undefined;
  } catch {
    // A line of another kind that begins alike.
    return undefined;
  }
}
