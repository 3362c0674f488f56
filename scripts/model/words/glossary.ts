// The meaning of a term that a reader may not know: shown where a lesson's words emphasise it, `*upgrade*`.

export const GLOSSARY: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "JSON Web Token":
      "A signed piece of JSON in three parts: header, claims, signature (RFC 7519).",
    claims: "What a token says: who it is about, who issued it, for whom, and until when.",
    challenge:
      "The header WWW-Authenticate in a 401: it says which credential is wanted, and what was wrong (RFC 9110 §11.6.1).",
    bearer: "Anybody who has the token can use it, as with a ticket (RFC 6750).",
    "long-polling":
      "Ordinary HTTP requests, one after another; the server answers each only once it has something to send.",
    upgrade: "The move of a session from long-polling to a WebSocket, while it is in use.",
    namespace:
      'A channel on top of a session, with its own connections and its own checks; the first one is called "/".',
    handshake: "The first request of a client, which opens a session.",
    middleware:
      "A function that sees each request first, or each CONNECT packet of a namespace, and lets it pass or refuses it.",
    payload:
      "What io({ auth }) sends: it travels in the CONNECT packet of Socket.IO, not in a header.",
    "refresh token":
      "A random text that a login gives beside the token: with it, a client gets the next token without the password (RFC 6749 §1.5).",
    cookie:
      "A short text that a server gives a browser, which sends it back with each request to that host (RFC 6265).",
    origin: "Scheme, host and port of a page, such as http://127.0.0.1:3000.",
    site: "Scheme and registered domain: http://app.example.org and http://example.org:3000 are one site.",
    CORS: "The rules by which a server lets pages of other origins read its answers.",
    strategy: "In Passport, a way to find out who sent a request: here passport-jwt.",
    issuer: "The claim iss: who made the token.",
    audience: "The claim aud: for which service the token was made.",
    Manager:
      "The part of the client that opens a session, and a new one when it has ended; all namespaces of an address share one.",
    room: "A named set of sockets on the server; what is sent to the room reaches all of them.",
    adapter:
      "The part of Socket.IO that knows which socket is in which room; some adapters reach the rooms of other servers.",
    "load balancer":
      "Gives several servers one address: it takes each request and chooses a server for it.",
    "sticky sessions":
      "The load balancer sends all requests of a session to the server that opened it.",
    erasable: "Syntax that can be deleted without changing what the program does.",
  }),
);
