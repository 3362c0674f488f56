// The guide's client page: log in, connect with the token, and see who you are, or why you are not.
import { explainFailure, isTransportUnknown, readClaims } from "./refusal.js";
import {
  find,
  hideProblem,
  showExpiry,
  showNote,
  showProblem,
  showState,
  showUsers,
} from "./view.js";

const MOST_RETRIES = 5;
// Longer than a server waits for the others: its answer may be that one of them is silent.
const ANSWER_TIMEOUT_MS = 5000;

// Stands for a token that the server has set as a cookie: the browser sends it, and no script can read it.
const IN_COOKIE = "in a cookie";

// Relative to the page, which may be served below any path.
const here = (path) => new URL(path, document.baseURI);

// --- The token ---

// As in the guide, the token is kept in localStorage: it outlives a reload, and all tabs share it. The price: every
// script of this origin can read it, now and when the next project runs on this port. The Content-Security-Policy of
// this page keeps foreign scripts out. `sessionStorage` would end with the tab. A variable would end with a reload, and
// is the safest of the three.
const TOKEN_KEY = `token for ${here("./").pathname}`;
const keepToken = (token) => localStorage.setItem(TOKEN_KEY, token);
// A cookie stays until the server deletes it.
const forgetToken = () => localStorage.removeItem(TOKEN_KEY);
const keptToken = () => localStorage.getItem(TOKEN_KEY);

const headersFor = (token) => (token === IN_COOKIE ? {} : { Authorization: `Bearer ${token}` });

/** Throws an Error with the server's own words if it refuses. */
async function requestToken(username, password) {
  const response = await fetch(here("login"), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ username, password }),
  });
  if (response.status === 204) return IN_COOKIE;
  const body = await response.json();
  if (!response.ok) throw new Error(body.message);
  return body.token;
}

/** The server's verdict on a token, as a status; undefined if the server cannot be reached. */
async function checkToken(token) {
  try {
    const headers = headersFor(token);
    const signal = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
    return (await fetch(here("self"), { headers, signal })).status;
  } catch {
    return undefined;
  }
}

/** Whether the server has revoked the token: without that, a copy of it stays good until it expires. */
async function revokeToken(token) {
  try {
    const headers = headersFor(token);
    const signal = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
    // `keepalive`: also if the person closes the page at once.
    const options = { method: "POST", headers, signal, keepalive: true };
    const { ok, status } = await fetch(here("logout"), options);
    return ok || status === 401;
  } catch {
    return false;
  }
}

// --- The connection ---

let socket;

function connect(token, transports = ["polling", "websocket"]) {
  socket?.disconnect();
  showState("connecting", "Connecting …");
  showExpiry(readClaims(token).exp);

  // The page cannot know where the server looks for the token, so it goes both ways. The header travels with polling
  // only: a browser cannot set headers on a websocket. The payload travels on every transport.
  socket = io({
    path: here("socket.io/").pathname,
    transports,
    extraHeaders: headersFor(token),
    auth: token === IN_COOKIE ? {} : { token },
    // A second connection would otherwise go on with the options, and so with the token, of the first.
    forceNew: true,
    reconnectionAttempts: MOST_RETRIES,
  });
  socket.on("connect", onConnect);
  socket.on("disconnect", onDisconnect);
  socket.on("connect_error", (error) => onFailure(error, token, transports));
  // Just before the server ends the connection for it, or in place of that.
  socket.on("tokenExpired", () => onFailure(new Error("token expired"), token, transports));
  // Just before the server ends the connection for it.
  socket.on("loggedOut", () => onLoggedOut(token));
  socket.on("note", showNote);
  socket.io.on("reconnect_attempt", (attempt) => {
    showState("connecting", `Trying again (${attempt} of ${MOST_RETRIES}) …`);
  });
  socket.io.on("reconnect_failed", () => showState("failed", "Not connected"));
}

async function onConnect() {
  const { engine } = socket.io;
  hideProblem();
  showState("connected", "Connected");
  find("socket-id").textContent = socket.id;
  find("transport").textContent = engine.transport.name;
  engine.once("upgrade", ({ name }) => (find("transport").textContent = name));
  // The server's word, and not the token's: this is who it takes us for.
  const user = await ask("whoami");
  if (user === undefined) return;
  find("user").textContent = user.username;
  await refreshUsers();
}

function onDisconnect(reason) {
  if (reason === "io client disconnect") return;
  if (socket.active) return showState("connecting", "Connection lost");
  // The client reconnects automatically unless the server decided to disconnect it.
  showState("failed", "Not connected");
  showProblem({ title: "The server ended the connection", reason: "", advice: "" });
}

function onLoggedOut(token) {
  // If another tab has logged in again, its token stays.
  if (keptToken() === token) forgetToken();
  leave();
  const reason = "This login was ended in another place.";
  showProblem({ title: "Logged out", reason, advice: "Log in again to go on." });
}

// Without this the client would try for ever, and a person would read nothing but "disconnected".
async function onFailure(error, token, transports) {
  const failed = socket;
  if (transports.includes("polling") && isTransportUnknown(error))
    return connect(token, ["websocket"]);

  const status = await checkToken(token);
  // In the meantime the person may have logged out, or in again.
  if (failed !== socket) return;
  const isExpired = readClaims(token).exp * 1000 <= Date.now();
  const isWebsocketOnly = !transports.includes("polling");
  const problem = explainFailure({ error, status, isExpired, isWebsocketOnly });
  showProblem(problem);
  if (problem.shouldRetry) return;
  failed.disconnect();
  if (problem.needsLogIn) forgetToken();
  showState(problem.needsLogIn ? "logged-out" : "failed", "Not connected");
}

/** Undefined if no answer comes, or none that still counts: the connection has ended, or is another one by now. */
async function ask(...event) {
  const asked = socket;
  try {
    const answer = await asked.timeout(ANSWER_TIMEOUT_MS).emitWithAck(...event);
    return asked === socket ? answer : undefined;
  } catch {
    return undefined;
  }
}

async function refreshUsers() {
  const answer = await ask("listConnected");
  if (answer !== undefined) showUsers(answer);
}

// --- What a person does ---

async function logIn(form) {
  const { username, password } = Object.fromEntries(new FormData(form));
  try {
    const token = await requestToken(username, password);
    keepToken(token);
    hideProblem();
    form.elements.password.value = "";
    connect(token);
    find("connection-title").focus();
  } catch (error) {
    // `fetch` and `json` have errors of other kinds, whose words help nobody.
    const reason = error.name === "Error" ? `${error.message}.` : "The server does not answer.";
    showProblem({ title: "Not logged in", reason, advice: "" });
    form.elements.password.select();
  }
}

function leave() {
  socket?.disconnect();
  socket = undefined;
  hideProblem();
  showState("logged-out", "Not logged in");
}

async function logOut() {
  const token = keptToken();
  forgetToken();
  leave();
  if ((await revokeToken(token)) || keptToken() !== null) return;
  const reason =
    "The server did not confirm the logout: a copy of the token is good until it expires.";
  showProblem({ title: "Logged out in this browser only", reason, advice: "" });
}

async function sendNote(form) {
  const { recipient, text } = Object.fromEntries(new FormData(form));
  const answer = await ask("sendNote", Number(recipient), text);
  if (answer === undefined)
    return (find("sent").textContent = "No answer came: the note may have been sent.");
  const { error, connections } = answer;
  const sent = `Sent. Connections of this user: ${connections}.`;
  find("sent").textContent = error ?? (connections > 0 ? sent : "This user is not connected.");
  if (error === undefined) form.elements.text.value = "";
}

find("log-in").addEventListener("submit", (event) => {
  event.preventDefault();
  void logIn(event.target);
});

find("send-note").addEventListener("submit", (event) => {
  event.preventDefault();
  void sendNote(event.target);
});

find("log-out").addEventListener("click", () => {
  void logOut();
  find("username").focus();
});

find("try-again").addEventListener("click", () => {
  hideProblem();
  connect(keptToken());
});

find("refresh").addEventListener("click", () => void refreshUsers());

// Another tab has logged out, or in. Where all was cleared at once, there is no key.
addEventListener("storage", ({ key }) => {
  if (key !== TOKEN_KEY && key !== null) return;
  if (keptToken() === null) leave();
  else connect(keptToken());
});

if (keptToken() !== null) connect(keptToken());
