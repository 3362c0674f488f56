// The keys of the page, and what each does; those that the terminal has too are the same there, but for k.
import type { Actions } from "./actions.ts";

export interface Key {
  /** `KeyboardEvent.key` */
  key: string;
  /** As it is printed on the sheet, if that is not the key's own name. */
  label?: string;
  /** What the sheet says; left out for a key that stands there together with another one. */
  does?: string;
  /** Left out where the browser does it. @returns false if there was nothing to do: then the key keeps its usual meaning */
  act?: () => unknown;
}

/** Keys under the heading that they have on the sheet. */
export type KeyGroups = Record<string, Key[]>;

/** The keys that every page has. */
export function shellKeys(actions: Actions): KeyGroups {
  return {
    "Server switches": [
      { key: "f", does: "next module format", act: () => actions.flip("variant") },
      { key: "a", does: "next auth mode", act: () => actions.flip("auth") },
      {
        key: "t",
        does: "next transports of the server",
        act: () => actions.flip("serverTransports"),
      },
    ],
    "Switches of your own attempt": [
      { key: "k", label: "k K", does: "next / previous token", act: () => actions.flip("token") },
      { key: "K", act: () => actions.flip("token", -1) },
      { key: "T", does: "next transports of the client", act: () => actions.flip("transports") },
      { key: "y", does: "tryAllTransports on or off", act: () => actions.flip("tryAllTransports") },
      { key: "h", does: "where the credential travels", act: () => actions.flip("credential") },
      { key: "s", does: "spelling of the scheme", act: () => actions.flip("scheme") },
    ],
    "On every page": [
      { key: "r", does: "run everything again", act: () => actions.run() },
      { key: "n", does: "first lesson", act: () => actions.goToFirstLesson() },
      { key: "l", does: "show or hide the server log", act: () => actions.toggleLog() },
      { key: "?", does: "this sheet", act: () => actions.openKeys() },
    ],
  };
}

/** All keys of a page; where it has one of its own, the shell's does not count. */
export function keysOnPage(own: Key[], shell: KeyGroups): KeyGroups {
  const isFree = ({ key }: Key): boolean => !own.some((each) => each.key === key);
  const others = Object.entries(shell).map(([heading, keys]) => [heading, keys.filter(isFree)]);
  return { ...(own.length > 0 && { "On this page": own }), ...Object.fromEntries(others) };
}

/** As much of a key press as decides. */
export interface Press {
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
