// What a page is. The shell knows the list of them (pages.ts) and nothing about any.
import type { TemplateResult } from "lit-html";
import type { View } from "../../../scripts/model/address.ts";
import type { Switches, SwitchName } from "../../../scripts/model/switches.ts";
import type { Key } from "./shortcuts.ts";
import type { Shell } from "./shell.ts";
import type { State } from "./state.ts";

export type ViewOf<Name extends View["page"]> = Extract<View, { page: Name }>;

/** What is known about a page before its code is there. */
export interface Page<V extends View = View> {
  /** The name of the tab, and the heading while the code is on its way. */
  title: string;
  /** Its link at the top; left out for a page that others lead to. */
  link?: { text: string; view: V };
  /** Whether its link is there; it is, if left out. */
  isShown?: (state: State) => boolean;
  /** The page whose link is marked while this one is open. */
  partOf?: View["page"];
  /** The switches that count on it: they stand above it, and their keys work. */
  switches?: readonly SwitchName[];
  /** Whether the server's log stands below it. */
  hasLog?: boolean;
  /** From one address of the page to another, the focus stays where it is. */
  keepsFocus?: boolean;
  /** Called once, when the page is first to be shown. */
  open: (shell: Shell) => OpenPage<V> | Promise<OpenPage<V>>;
  /** Whether `open` fetches the code, for which the sandbox must be reachable. */
  isLate?: boolean;
}

/** What the shell asks of a page; all but `view` is there where the page has something to do. */
export interface OpenPage<V extends View = View> {
  view(): TemplateResult;
  /** The name of the tab, if it depends on what is shown. */
  title?(): string;
  /** This address is on the screen now, after another page or another address of this one. */
  enter?(view: V): void;
  /** Another page is on the screen now. */
  leave?(): void;
  /** Brings what the address asks for. Called after `enter`, and each time the server is there again. */
  load?(): Promise<void>;
  /** A switch was flipped. @param before what the switches were set to */
  flipped?(before: Switches): Promise<void>;
  /** Runs again what is on the screen. */
  run?(): Promise<void>;
  /** Its keys; they come before those of the shell. */
  keys?(): Key[];
  /** Called after each rendering. @param isFocusLost whether what had the focus is gone */
  rendered?(isFocusLost: boolean): void;
}

/** All pages, by the name that they have in an address. */
export type Pages = { readonly [Name in View["page"]]: Page<ViewOf<Name>> };
