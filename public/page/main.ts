// Starts the page: the key, the channel, the first view, and what a person does with keys and links.
import { render } from "lit-html";
import { type ReadAddress, readAddress, writeAddress } from "../../scripts/model/address.ts";
import { PAGES } from "./pages.ts";
import { createActions } from "./shell/actions.ts";
import { browserName } from "../../scripts/model/browser-name.ts";
import { openChannel } from "./shell/channel.ts";
import { type Frame, frameView, tabTitle } from "./shell/frame.ts";
import { storedPass, takeKey } from "./shell/key.ts";
import { shareKeys } from "./shell/key-sharing.ts";
import { keyPressed, keyTarget, type KeyGroups, keysOnPage, shellKeys } from "./shell/shortcuts.ts";
import { followLinks } from "./shell/links.ts";
import { followAddress } from "./shell/navigation.ts";
import { askForKey, listenTo, loadLists } from "./shell/server-news.ts";
import { openTokens } from "./shell/open-token.ts";
import { createShell } from "./shell/shell.ts";
import { areLettersOn, showLetters } from "./shell/letters.ts";
import { createStore, firstState, switchesInSight } from "./shell/state.ts";

const root = document.querySelector<HTMLElement>("#page")!;
let isRenderDue = false;
let isFocusDue = false;

// A key that was used already, such as that of a bookmark, is no harm to a tab that has a pass.
const keys = [takeKey(), storedPass()].filter((each) => each !== undefined);
const store = createStore(firstState(browserName(navigator), keys.length > 0));
const channel = openChannel(
  keys,
  listenTo(store, {
    onConnected: ({ tabs: name }) => void begin(name),
    onRefused: () => tabs.ask(),
  }),
);
const shell = createShell(store, channel, requestRendering);
const navigation = followAddress(shell, PAGES, () => {
  isFocusDue = true;
});
const actions = createActions(shell, navigation);
const keysOfShell = shellKeys(actions);

async function begin(tabsName: string): Promise<void> {
  tabs.open(tabsName);
  await Promise.all([loadLists(store, channel), navigation.resume()]);
}

function keysNow(): KeyGroups {
  const { switches = [] } = PAGES[store.state.address.view.page];
  const inSight = switchesInSight(store.state, switches);
  return keysOnPage(navigation.page()?.keys?.() ?? [], keysOfShell, inSight);
}

function requestRendering(): void {
  if (isRenderDue) return;
  isRenderDue = true;
  // All changes of one turn become one rendering.
  queueMicrotask(renderPage);
}

function renderPage(): void {
  isRenderDue = false;
  const hadFocus = root.contains(document.activeElement);
  const page = navigation.page();
  const frame: Frame = { state: store.state, pages: PAGES, page, actions, keys: keysNow() };
  render(frameView(frame), root);
  document.title = tabTitle(frame);
  const isFocusLost = (): boolean => hadFocus && document.activeElement === document.body;
  const heading = document.querySelector<HTMLElement>("main h1");
  // A screen reader begins to read where the new page begins.
  if (isFocusDue) {
    heading?.focus({ preventScroll: true });
    document.scrollingElement?.scrollTo(0, 0);
  }
  isFocusDue = false;
  page?.rendered?.(isFocusLost());
  if (isFocusLost()) heading?.focus();
}

// --- What a person does ---

followLinks(shell.go);
openTokens(shell);
addEventListener("popstate", () => arrive(readAddress(location.href)));
addEventListener("hashchange", () => {
  // The address with a key was pasted into a tab that was here already.
  if (location.hash.includes("key=")) actions.unlock(takeKey() ?? "");
});
const tabs = shareKeys({
  getKey: () => askForKey(channel),
  isLocked: () => store.state.connection === "locked",
  take: (lent) => actions.unlock(lent),
});
if (keys.length === 0) tabs.ask();
addEventListener("keydown", (event) => {
  const dialog = document.querySelector("dialog[open]");
  if (event.defaultPrevented || dialog?.matches(":not(.wire-large)")) return;
  if (!areLettersOn() && event.key.length === 1) return;
  const pressed = keyPressed(event, keyTarget(event.target), keysNow());
  if (dialog !== null && pressed?.inLarge !== true) return;
  if (pressed?.act !== undefined && pressed.act() !== false) event.preventDefault();
});

/** Shows what the address bar says. */
function arrive({ problems, ...address }: ReadAddress): void {
  // A typed token is in no address: it stays as long as nothing else was chosen.
  const { token } = store.state.address.chosen;
  const typed = typeof token === "object" ? { token } : {};
  store.update({
    address: { ...address, chosen: { ...typed, ...address.chosen } },
    notice: problems.length > 0 ? problems.join(" ") : undefined,
  });
}

// --- The first view ---

showLetters();
const { problems, ...address } = readAddress(location.href);
history.replaceState(null, "", writeAddress(address));
arrive({ ...address, problems });
// The browser has put the focus where a reader of a new page expects it.
isFocusDue = false;
