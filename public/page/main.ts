// Starts the page: the key, the channel, the first view, and what a person does with keys and links.
import { render } from "lit-html";
import { createActions } from "./shell/actions.ts";
import { type CellId, readAddress, writeAddress } from "../../scripts/model/address.ts";
import { keepTime } from "./bench/bench-clock.ts";
import { browserName } from "./shell/browser-name.ts";
import { openChannel } from "./shell/channel.ts";
import { obey } from "./shell/commands.ts";
import { focusHeading, keyTarget, recoverFocus, showOpened } from "./shell/focus.ts";
import { watchRoom } from "./compare/room.ts";
import { keptKey, takeKey } from "./shell/key.ts";
import { lendKey } from "./shell/key-lending.ts";
import { withKeptSwitches } from "./shell/kept.ts";
import { commandFor } from "./shell/keys.ts";
import { whenLoaded } from "./shell/late-parts.ts";
import { followLinks } from "./shell/links-followed.ts";
import { createRunner } from "./lesson/runner.ts";
import { listenTo, loadLists } from "./shell/server-news.ts";
import { pageTitle, pageView } from "./shell/shell.ts";
import { createStore, firstState } from "./shell/state.ts";
import { createVisit } from "./shell/visit.ts";

const root = document.querySelector<HTMLElement>("#page")!;
let isRenderDue = false;
let isFocusDue = false;
let lastOpened: CellId | undefined;

const key = takeKey();
const store = createStore(firstState(browserName(navigator), key !== undefined), () => {
  if (isRenderDue) return;
  isRenderDue = true;
  // All changes of one turn become one rendering.
  queueMicrotask(renderPage);
});
const channel = openChannel(
  key,
  listenTo(store, () => void begin()),
);
const runner = createRunner(store, channel);
const visit = createVisit(
  { store, channel, runner },
  {
    onPage: () => {
      isFocusDue = true;
    },
    hasRoom,
  },
);
const actions = createActions(store, channel, visit);

/** The same size from which shell.css puts the parts of a page beside each other. */
function hasRoom(): boolean {
  return matchMedia("(min-width: 68rem) and (min-height: 36rem)").matches;
}

async function begin(): Promise<void> {
  offerKey();
  await Promise.all([loadLists(store, channel), visit.resume()]);
}

function renderPage(): void {
  isRenderDue = false;
  const hadFocus = root.contains(document.activeElement);
  render(pageView(store.state, actions), root);
  document.title = pageTitle(store.state);
  if (isFocusDue) focusHeading();
  else if (hadFocus && document.activeElement === document.body) recoverFocus(lastOpened);
  isFocusDue = false;
  const { cell } = store.state.address;
  if (cell === undefined || lastOpened === cell || showOpened(hasRoom())) lastOpened = cell;
}

// --- What a person does ---

whenLoaded(() => store.update({}));
followLinks(actions);
watchRoom(store);
keepTime(store, () => void visit.runAll());
addEventListener("popstate", () => void visit.arrive(readAddress(location.href)));
addEventListener("hashchange", () => {
  // The address with a key was pasted into a tab that was here already.
  if (location.hash.includes("key=")) actions.unlock(takeKey() ?? "");
});
const offerKey = lendKey({
  // A key that the server has refused is not passed on.
  lend: () => (store.state.connection === "connected" ? keptKey() : undefined),
  isLocked: () => store.state.connection === "locked",
  take: (lent) => actions.unlock(lent),
});
addEventListener("keydown", (event) => {
  if (event.defaultPrevented || document.querySelector("dialog[open]") !== null) return;
  const command = commandFor(event, keyTarget(event.target));
  if (command !== undefined && obey(command, store.state, actions)) event.preventDefault();
});

// --- The first view ---

const { problems, ...address } = readAddress(location.href);
const first = withKeptSwitches(address);
history.replaceState(null, "", writeAddress(first));
void visit.arrive({ ...first, problems });
// The browser has put the focus where a reader of a new page expects it.
isFocusDue = false;
