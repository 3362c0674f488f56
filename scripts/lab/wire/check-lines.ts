// Reads what a server says in its log about the credentials it checked.
import { maskText } from "./masking.ts";

/** That a server checks a credential; with a reason, that it has refused it. */
interface CheckReport {
  /** The port that the request came from, which is a port of the wire. */
  port: number;
  /** `GET polling handshake`, `CONNECT packet`, `GET /self`. */
  what: string;
  reason?: string;
}

const LONGEST_WHAT = 100;
const LONGEST_REASON = 200;

/** What a line reports; undefined for any other line. */
export function readCheckLine(line: string): CheckReport | undefined {
  const { port, checked, refused, reason } = readEntry(line);
  const what = checked ?? refused;
  if (typeof port !== "number" || typeof what !== "string") return undefined;
  if (what === "" || what.length > LONGEST_WHAT) return undefined;
  if (checked !== undefined) return { port, what };
  // Masked before it is cut, so that nothing depends on where.
  return typeof reason === "string"
    ? { port, what, reason: maskText(reason).slice(0, LONGEST_REASON) }
    : undefined;
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
