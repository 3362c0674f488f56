// Why a connection failed, in words for a person. A browser learns little, so the page asks the server a second
// question over HTTP, where the answer can be read: is this token good?

/** The claims of a token, unchecked: a client has no key, and only the server's verdict counts. */
export function readClaims(token) {
  try {
    const base64 = token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes)) ?? {};
  } catch {
    // What is no token claims nothing; the server will refuse it in its own words.
    return {};
  }
}

/** Engine.IO answers a transport that it does not offer with 400 and the code 0. */
export function isTransportUnknown(error) {
  return error.description === 400 && /"code":0\b/.test(error.context?.responseText ?? "");
}

/**
 * Explains a failed connection.
 *
 * @param failure.error what `connect_error` said
 * @param failure.status the status of `GET /self` with the same token; undefined if there was no answer
 * @param failure.isExpired whether the token's own `exp` is over, by the clock of this browser
 * @param failure.isWebsocketOnly whether websocket was the only transport left to try
 * @returns what to show; whether a new log-in is needed; whether it makes sense to go on trying
 */
export function explainFailure({ error, status, isExpired, isWebsocketOnly }) {
  if (status === undefined) {
    return {
      title: "The server does not answer",
      reason: "Nothing came back from its address.",
      advice: "Is it still running?",
      shouldRetry: true,
    };
  }
  if (status === 401) {
    return {
      title: isExpired ? "The token has expired" : "The token was refused",
      reason: isExpired
        ? "The server connects nobody with a token whose time is over."
        : "The server does not accept it. A server that was started again without a fixed secret forgets all tokens.",
      advice: "Log in again to get a new one.",
      needsLogIn: true,
    };
  }
  // From here on the token is good.
  if (isWebsocketOnly && error.type === "TransportError") {
    return {
      title: "The token cannot reach the server",
      reason:
        "The token is good. But this server offers only websocket, and seems to expect the token in a header of the handshake. A browser cannot set headers on a websocket.",
      advice:
        "Start the server with TRANSPORTS=polling,websocket, with AUTH=payload to send the token after the handshake, or with AUTH=cookie.",
    };
  }
  const detail = typeof error.description === "number" ? ` (status ${error.description})` : "";
  return {
    title: "The connection was refused",
    reason: `The token is good, but the server said: ${error.message}${detail}.`,
    advice: "The output of the server may say more.",
  };
}
