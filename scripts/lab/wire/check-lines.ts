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

const LONGEST_WHAT = 100;
const LONGEST_REASON = 200;

/** What a line tells about a check, or about why one refused; undefined for any other line. */
export function readCheckLine(line: string): CheckLine | RefusalLine | undefined {
  const { port, checked, refused, reason } = readEntry(line);
  if (typeof port !== "number") return undefined;
  const isWhat = typeof checked === "string" && checked !== "" && checked.length <= LONGEST_WHAT;
  if (isWhat) return { port, what: checked };
  if (typeof refused !== "string" || typeof reason !== "string") return undefined;
  // Masked before it is cut, so that nothing depends on where.
  return { port, reason: maskText(reason).slice(0, LONGEST_REASON) };
}

/** The members of a line that is a JSON object; none for any other line. */
function readEntry(line: string): Record<string, unknown> {
  if (!line.startsWith("{")) return {};
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    // A line of another kind that begins the same.
    return {};
  }
}
