// What this client opens its connection with: the page and the program in Node load this file, and pass
// to `io` what it returns.

export function clientOptions(token) {
  return {
    transports: ["websocket"],
    // For a server that looks on the handshake. Only Node sends it there: a browser cannot set a header
    // on a websocket.
    extraHeaders: { authorization: `bearer ${token}` },
    // For a server that looks into the first packet, which follows once the websocket is open.
    auth: { token },
  };
}
