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
import { keptPass, takeKey } from "./shell/key.ts";
import { lendKeys } from "./shell/key-lending.ts";
import { withKeptSwitches } from "./shell/kept.ts";
import { commandFor } from "./shell/keys.ts";
import { whenLoaded } from "./shell/late-parts.ts";
import { followLinks } from "./shell/links-followed.ts";
import { createRunner } from "./lesson/runner.ts";
import { askForKey, listenTo, loadLists } from "./shell/server-news.ts";
import { pageTitle, pageView } from "./shell/shell.ts";
import { createStore, firstState } from "./shell/state.ts";
import { createVisit } from "./shell/visit.ts";

const root = document.querySelector<HTMLElement>("#page")!;
let isRenderDue = false;
let isFocusDue = false;
let lastOpened: CellId | undefined;

// A key that was used already, such as that of a bookmark, is no harm to a tab that has a pass.
const keys = [takeKey(), keptPass()].filter((each) => each !== undefined);
const store = createStore(firstState(browserName(navigator), keys.length > 0), () => {
  if (isRenderDue) return;
  isRenderDue = true;
  // All changes of one turn become one rendering.
  queueMicrotask(renderPage);
});
const channel = openChannel(
  keys,
  listenTo(store, {
    onConnected: ({ tabs: name }) => void begin(name),
    onRefused: () => tabs.ask(),
  }),
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

async function begin(tabsName: string): Promise<void> {
  tabs.open(tabsName);
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
const tabs = lendKeys({
  getKey: () => askForKey(channel),
  isLocked: () => store.state.connection === "locked",
  take: (lent) => actions.unlock(lent),
});
if (keys.length === 0) tabs.ask();
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
