// What every page is given: what all of them know, the way to the server, and the way to other addresses.
import {
  type Address,
  isSameView,
  type View,
  writeAddress,
} from "../../../scripts/model/address.ts";
import type { Chosen } from "../../../scripts/model/switches.ts";
import type { Channel } from "./channel.ts";
import { carried } from "./links.ts";
import { createStore, type Store } from "./state.ts";

export interface Shell {
  readonly store: Store;
  readonly channel: Channel;
  /** A store for what only one page knows; its changes are rendered too. */
  readonly storeFor: <Known>(first: Known) => Store<Known>;
  /** Goes to another page, or to a cell. */
  readonly go: (view: View, cell?: Address["cell"]) => void;
  /**
   * Goes to an address that differs in this. A new page or a first trace is a new entry of the history; other switches or
   * another trace are not.
   */
  readonly show: (change: Partial<Address>) => void;
  /** Sets switches. */
  readonly choose: (change: Chosen) => void;
}

/** @param render called after each change */
export function createShell(store: Store, channel: Channel, render: () => void): Shell {
  store.watch(render);

  function show(change: Partial<Address>): void {
    const before = store.state.address;
    const address = { ...before, ...change };
    // So that Back closes a trace again, which on a phone fills the screen.
    const isTraceOpened = before.cell === undefined && address.cell !== undefined;
    const isNewEntry = !isSameView(before.view, address.view) || isTraceOpened;
    const url = writeAddress(address);
    if (isNewEntry) history.pushState(null, "", url);
    else history.replaceState(null, "", url);
    // What was said about the last thing done is not about this one.
    store.update({ address, notice: undefined });
  }

  return {
    store,
    channel,
    storeFor(first) {
      const own = createStore(first);
      own.watch(render);
      return own;
    },
    go: (view, cell) => show({ view, cell, chosen: carried(store.state.address, view) }),
    show,
    choose: (change) => show({ chosen: { ...store.state.address.chosen, ...change } }),
  };
}
