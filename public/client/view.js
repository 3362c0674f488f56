// What the page shows. Data is set as text and never as HTML: a note can hold anything.

export const find = (id) => document.getElementById(id);

/**
 * Shows the parts of the page that belong to a state.
 *
 * @param state `logged-out`, `connecting`, `connected` or `failed`
 * @param status the same in words
 */
export function showState(state, status) {
  find("status").dataset.state = state;
  find("status").textContent = status;
  find("log-in").hidden = state !== "logged-out";
  find("connection").hidden = state === "logged-out";
  find("people").hidden = state !== "connected";
  find("notes").hidden = state !== "connected";
  find("try-again").hidden = state !== "failed";
  if (state !== "connected")
    for (const id of ["user", "socket-id", "transport"]) find(id).textContent = "–";
}

/** Tells the person what went wrong, why, and what to do. */
export function showProblem({ title, reason, advice }) {
  find("problem-title").textContent = title;
  find("problem-reason").textContent = reason;
  find("problem-advice").textContent = advice;
  find("problem").hidden = false;
}

export function hideProblem() {
  find("problem").hidden = true;
}

const LONGEST_TIMER_MS = 2 ** 31 - 1;
let expiryTimer;

/** Shows until when the token is good: seconds since 1970, as in its `exp` claim. Once that is past, says so. */
export function showExpiry(seconds) {
  clearTimeout(expiryTimer);
  const time = new Date(seconds * 1000);
  if (Number.isNaN(time.getTime())) return (find("expiry").textContent = "–");
  const leftMs = time - Date.now();
  const isOver = leftMs <= 0;
  find("expiry").textContent = isOver
    ? `${time.toLocaleTimeString()}, which is past: the next connection is refused`
    : time.toLocaleTimeString();
  if (!isOver)
    expiryTimer = setTimeout(() => showExpiry(seconds), Math.min(leftMs, LONGEST_TIMER_MS));
}

function listItem(text) {
  const item = document.createElement("li");
  item.textContent = text;
  return item;
}

export function showUsers({ users = [], error }) {
  const items = users.map(({ id, username }) => listItem(`${username} (id ${id})`));
  if (error !== undefined) items.push(listItem(error));
  find("users").replaceChildren(...items);
}

/** Adds a note to those received, the newest first. */
export function showNote({ from, text }) {
  find("received").prepend(listItem(`${from.username}: ${text}`));
}
