// Follows the address: opens the page that it names, and passes on what has changed.
import { isSameView, type View } from "../../../scripts/model/address.ts";
import type { OpenPage, Page, Pages } from "./page.ts";
import type { Shell } from "./shell.ts";
import { currentSwitches, type State } from "./state.ts";

export interface Navigation {
  /** The page on the screen; undefined while its code is on its way. */
  page: () => OpenPage | undefined;
  /** To be called each time the server is there (again). */
  resume: () => Promise<void>;
}

/** @param onEntered called when another page is about to be shown, for the focus */
export function followAddress(shell: Shell, pages: Pages, onEntered: () => void): Navigation {
  const { store } = shell;
  const opened = new Map<View["page"], OpenPage>();
  let isFetching = false;
  const page = (): OpenPage | undefined => opened.get(store.state.address.view.page);

  async function follow({ address, ...rest }: State): Promise<void> {
    const { state } = store;
    if (!isSameView(address.view, state.address.view)) return enter(address.view);
    const switches = currentSwitches({ address, ...rest });
    if (JSON.stringify(switches) !== JSON.stringify(currentSwitches(state)))
      await page()?.flipped?.(switches);
  }

  async function enter(before: View): Promise<void> {
    const { view } = store.state.address;
    const isSamePage = before.page === view.page;
    if (!isSamePage) opened.get(before.page)?.leave?.();
    store.update({ rules: undefined, announcement: "" });
    if (!isSamePage || pages[view.page].keepsFocus !== true) onEntered();
    await start(view);
  }

  async function start(view: View): Promise<void> {
    const known = page() ?? openFirst(view.page);
    const current = known instanceof Promise ? await known : known;
    // The person may have gone on meanwhile.
    if (current === undefined || store.state.address.view !== view) return;
    current.enter?.(view);
    await current.load?.();
  }

  /** A page whose code is here already is there at once, so that nothing else is rendered before it. */
  function openFirst(name: View["page"]): OpenPage | undefined | Promise<OpenPage | undefined> {
    const { isLate, open } = pages[name] as Page;
    // Chromium never fetches again what it could not fetch once: `resume` comes back to it.
    if (isLate === true && store.state.connection === "lost") return undefined;
    const opening = open(shell);
    if (opening instanceof Promise) return whenHere(name, opening);
    opened.set(name, opening);
    return opening;
  }

  async function whenHere(
    name: View["page"],
    opening: Promise<OpenPage>,
  ): Promise<OpenPage | undefined> {
    isFetching = true;
    try {
      const current = await opening;
      // Asked for twice, it stays the one that was here first.
      if (!opened.has(name)) opened.set(name, current);
      // It may have nothing to load that would have it rendered.
      store.update({});
    } catch (error) {
      console.error(error);
      store.update({ notice: "This page could not be loaded. Reload to try again." });
    }
    isFetching = false;
    return opened.get(name);
  }

  store.watch((before) => {
    if (before.address !== store.state.address) void follow(before);
  });
  return {
    page,
    async resume() {
      if (page() !== undefined) return page()?.load?.();
      if (!isFetching) await start(store.state.address.view);
    },
  };
}
