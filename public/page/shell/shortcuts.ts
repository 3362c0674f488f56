// The keys of the page, and what each does; those that the terminal has too are the same there.
import type { SwitchName } from "../../../scripts/model/switches.ts";
import type { Actions } from "./actions.ts";

export interface Key {
  /** `KeyboardEvent.key` */
  key: string;
  /** As it is printed on the sheet, if that is not the key's own name. */
  label?: string;
  /** What the sheet says; left out for a key that stands there together with another one. */
  does?: string;
  /** It counts only where this switch does. */
  flips?: SwitchName;
  /** Works in a trace that is over the whole window, too. */
  inLarge?: boolean;
  /** Left out where the browser does it. @returns false if there was nothing to do: then the key keeps its usual meaning */
  act?: () => unknown;
}

/** Keys under the heading that they have on the sheet. */
export type KeyGroups = Record<string, Key[]>;

/** The keys that are not a page's own. */
export function shellKeys(actions: Actions): KeyGroups {
  const flip = (flips: SwitchName, key: string, does: string): Key => ({
    key,
    does,
    flips,
    act: () => actions.flip(flips),
  });
  return {
    "Server switches": [
      flip("variant", "f", "next module format"),
      flip("auth", "a", "next auth mode"),
      flip("serverTransports", "t", "next transports of the server"),
    ],
    "Switches of your own attempt": [
      { ...flip("token", "k", "next / previous token"), label: "k K" },
      { key: "K", flips: "token", act: () => actions.flip("token", -1) },
      flip("transports", "T", "next transports of the client"),
      flip("tryAllTransports", "y", "tryAllTransports on or off"),
      flip("credential", "h", "where the credential travels"),
      flip("scheme", "s", "spelling of the scheme"),
    ],
    "On every page": [
      { key: "n", does: "first lesson", act: () => actions.goToFirstLesson() },
      { key: "l", does: "show or hide the demo server log", act: () => actions.toggleLog() },
      { key: "?", does: "this sheet", act: () => actions.openKeys() },
    ],
  };
}

/** The keys of a page: its own first, and of the shell's those that it has no other use for. */
export function keysOnPage(
  own: Key[],
  shell: KeyGroups,
  switches: readonly SwitchName[],
): KeyGroups {
  const counts = ({ key, flips }: Key): boolean =>
    (flips === undefined || switches.includes(flips)) && !own.some((each) => each.key === key);
  const groups = Object.entries({ "On this page": own, ...shell }).map(
    ([heading, keys]): [string, Key[]] => [heading, keys === own ? own : keys.filter(counts)],
  );
  return Object.fromEntries(groups.filter(([, keys]) => keys.length > 0));
}

/** As much of a key press as decides. */
interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/**
 * The key that was pressed; undefined if it is not ours.
 * @param where `typing` in a text field or a list, `choosing` in a radio group (which has its own arrow keys)
 */
export function keyPressed(
  { key, ctrlKey, metaKey, altKey }: Press,
  where: "typing" | "choosing" | "page",
  groups: KeyGroups,
): Key | undefined {
  // With one of these it is the browser's or the system's key.
  if (ctrlKey || metaKey || altKey || where === "typing") return undefined;
  if (where === "choosing" && key.startsWith("Arrow")) return undefined;
  return Object.values(groups)
    .flat()
    .find((each) => each.key === key);
}

/** Whether the keys belong to a text field or a list, to a radio group, or to the page. */
export function keyTarget(target: EventTarget | null): "typing" | "choosing" | "page" {
  if (!(target instanceof HTMLElement)) return "page";
  if (target.isContentEditable || target.matches("textarea, select")) return "typing";
  if (!(target instanceof HTMLInputElement) || target.type === "checkbox") return "page";
  return target.type === "radio" ? "choosing" : "typing";
}
