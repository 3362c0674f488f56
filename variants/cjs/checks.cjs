// Logs what is checked and why it is refused: for the person who runs the server, never for a client.

const lastChecks = new WeakMap();
let isLogged = false;

/** Without this call nothing is logged. */
function logChecks(shouldLog) {
  isLogged = shouldLog;
}

/** Call it before each check of a credential, with what is checked: "GET /self". */
function checked(req, what) {
  lastChecks.set(req, what);
  log(req, { checked: what });
}

/** Call it after a check that failed, with what was thrown. */
function refused(req, error) {
  log(req, {
    refused: lastChecks.get(req),
    reason: error?.message,
  });
}

/** Call it when Engine.IO refuses a request, which no check of ours has seen. */
function refusedByEngine(error) {
  log(error.req, { refusedByEngine: error.message, code: error.code });
}

// A reason may repeat what a client has sent. As JSON it stays on its line, and as plain ASCII it can
// neither control a terminal nor reverse the direction of the text.
function log(req, entry) {
  if (!isLogged) return;
  const line = JSON.stringify({ port: req.socket.remotePort, ...entry });
  console.log(
    line.replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
  );
}

module.exports = { logChecks, checked, refused, refusedByEngine };
