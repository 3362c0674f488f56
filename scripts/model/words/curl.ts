// A request as a command for curl, with places for what the trace masks. Pure.
import type { RequestStep } from "../trace.ts";
import { readPurpose } from "./purpose.ts";

/** Those that curl writes itself, or that belong to one connection only. */
const OWN_HEADERS = /^(?:host|content-length|connection|cache-control|pragma)$/;
/** What a masked value shows of itself. */
const MASK = /…[\w-]{0,6}/;

/**
 * `curl -i -H 'authorization: bearer '"$TOKEN" 'http://localhost:3000/self'`, for the server as `npm start` starts it. A shell
 * fills in `$TOKEN`, `$SID` and `$PASSWORD`, which are masked in a trace.
 */
export function curlCommand(step: RequestStep): string {
  const { method, target, headers, body } = step;
  const isUpgrade = readPurpose(step).transport === "websocket";
  const kept = Object.entries(headers).filter(([name]) =>
    isUpgrade ? name !== "host" : !OWN_HEADERS.test(name),
  );
  const parts = [
    "curl -i",
    ...(isUpgrade ? ["--http1.1 -H 'sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA=='"] : []),
    ...(method === "GET" || (method === "POST" && body !== "") ? [] : [`-X ${quoted(method)}`]),
    ...kept.map(([name, value]) => `-H ${quoted(`${name}: ${value}`, "$TOKEN")}`),
    ...(body === ""
      ? []
      : [`--data-raw ${quoted(body, body.includes('"password"') ? "$PASSWORD" : "$TOKEN")}`]),
    quoted(`http://localhost:3000${target}`, "$SID"),
  ];
  return parts.join(" ");
}

/** As one word of a POSIX shell (§2.2.2): nothing in single quotes means anything, but for the quote. */
function quoted(text: string, masked = ""): string {
  return text
    .split(new RegExp(MASK, "g"))
    .map((part) => `'${part.replaceAll("'", `'\\''`)}'`)
    .join(`"${masked}"`)
    .replace(/(?<=.)''$/, "");
}
