// Faults in what happens to a socket when its token expires.
import { inFile, listFaults } from "./fault.ts";

const WAIT = "Math.min(leftMs, LONGEST_WAIT_MS)";
const END = 'if (atExpiry === "disconnect") socket.disconnect(true);';

export const EXPIRY_FAULTS = listFaults({
  "socket-kept": {
    sentence: "A socket outlives its token.",
    auth: "payload",
    changes: inFile("expiry", END),
    caughtBy: ["token.socket-ends", "token.socket-unheard"],
  },
  "socket-ended-early": {
    sentence: "The expiry is read as milliseconds, so that every socket is ended at once.",
    changes: inFile("expiry", "exp * 1000 - Date.now()", "exp - Date.now()"),
    caughtBy: ["token.socket-ends", "token.socket-of-a-year"],
  },
  "socket-ended-late": {
    sentence: "The server looks only once in a minute whether a token has expired.",
    auth: "passport",
    changes: inFile("expiry", WAIT, "LONGEST_WAIT_MS"),
    caughtBy: ["token.socket-ends"],
  },
  "timer-too-long": {
    sentence: "A timer is given more milliseconds than it can count, and rings at once.",
    auth: "passport",
    changes: [
      ...inFile("expiry", "if (!(leftMs > 0)) return act();"),
      ...inFile("expiry", `setTimeout(look, ${WAIT})`, "setTimeout(act, leftMs)"),
    ],
    caughtBy: ["token.socket-of-a-year"],
  },
  "expiry-untold": {
    sentence: "A socket is ended at the expiry, and the client is not told why.",
    changes: inFile("expiry", 'socket.emit("tokenExpired");'),
    caughtBy: ["token.socket-told"],
  },
  "socket-half-ended": {
    sentence: "The client is told that its socket has ended, and the server goes on answering it.",
    auth: "payload",
    changes: inFile("expiry", END, 'if (atExpiry === "disconnect") socket.conn.write(`41`);'),
    caughtBy: ["token.socket-unheard"],
  },
  "session-kept": {
    sentence: "The socket ends at the expiry, and its session stays open without one.",
    changes: inFile("expiry", "socket.disconnect(true)", "socket.disconnect()"),
    caughtBy: ["token.socket-session"],
  },
  "exp-not-handed-over": {
    sentence: "The expiry that the handshake has found does not reach the socket.",
    auth: "passport",
    changes: inFile(
      "handshake",
      "{ user, exp, iat, sid, rights }",
      "{ user, exp: Infinity, iat, sid, rights }",
    ),
    caughtBy: ["token.socket-ends"],
  },
});
