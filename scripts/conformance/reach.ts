// Whether a server is there and speaks HTTP, before its login or its Socket.IO is blamed for anything.
import type { Probe } from "../../test/conformance/probe.ts";
import { sendRequest } from "../../test/conformance/raw-http.ts";
import { ArgumentsError } from "../command/arguments.ts";
import { readFailure } from "./look.ts";

/**
 * Asks once, without a credential, where Socket.IO should be: a server may leave other paths without an answer. With any
 * answer the server is there.
 * @throws ArgumentsError (code BAD_ARGUMENTS) that says what to look at
 */
export async function reach(probe: Probe): Promise<void> {
  const { url, socketPath } = probe.target;
  try {
    const { status, body: code } = await sendRequest(probe, { path: socketPath });
    if (status === 0) throw new ArgumentsError(explain(new URL(url), code));
  } catch (error) {
    const { seen } = readFailure(error);
    throw new ArgumentsError(
      `${url} does not answer at ${socketPath} (${seen}): check --url and --path.`,
    );
  }
}

/** @param code of Node's, or a message of OpenSSL's */
function explain({ origin: url, protocol, hostname }: URL, code: string): string {
  const isSecure = protocol === "https:";
  if (code === "ECONNREFUSED")
    return `Nothing listens at ${url} (${code}): start the server, or check --url.`;
  if (code === "ENOTFOUND" || code === "EAI_AGAIN")
    return `No address is known for ${hostname} (${code}): check --url.`;
  // https://nodejs.org/api/tls.html#x509-certificate-error-codes
  if (isSecure && /SSL|EPROTO/.test(code))
    return `${url} speaks no TLS (${code}): give --url with http://, or check its port.`;
  if (isSecure && /CERT|UNABLE_TO_VERIFY|certificate/.test(code))
    return `${url} has a certificate that Node does not trust (${code}): name its file, or that of its authority, in NODE_EXTRA_CA_CERTS.`;
  const isCut = code === "ECONNRESET" || code === "EPIPE";
  if (code.startsWith("HPE_") || isCut)
    return isSecure
      ? `${url} speaks no HTTP over TLS (${code}): check --url.`
      : `${url} speaks no HTTP (${code}): check its port, or give --url with https:// if it speaks TLS.`;
  return `${url} cannot be reached (${code}): check --url.`;
}
