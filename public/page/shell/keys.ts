// The keys of the page, and what each does; those that the terminal has too are the same there. Pure: the page acts.
import type { SwitchName } from "../../../scripts/model/switches.ts";

export type Command =
  | { do: "flip"; name: SwitchName; step: 1 | -1 }
  | { do: "run" | "code" | "words" | "log" | "trace" | "next" | "previous" | "help" | "escape" }
  | { do: "move"; rows: number; columns: number }
  /** Counted from 0. */
  | { do: "row"; row: number };

export interface Key {
  /** `KeyboardEvent.key` */
  key: string;
  /** As it is printed on the sheet, if it is not the key's own name. */
  label?: string;
  does: string;
  /** Undefined where the browser does it by itself. */
  command?: Command;
}

/** By the headings of the sheet. */
export const KEYS: Record<string, Key[]> = {
  "Server switches": [
    { key: "f", does: "next module format", command: { do: "flip", name: "variant", step: 1 } },
    { key: "a", does: "next auth mode", command: { do: "flip", name: "auth", step: 1 } },
    {
      key: "t",
      does: "next transports of the server",
      command: { do: "flip", name: "serverTransports", step: 1 },
    },
  ],
  "Switches of your own attempt": [
    {
      key: "k",
      label: "k K",
      does: "next token, the one before",
      command: { do: "flip", name: "token", step: 1 },
    },
    {
      key: "T",
      does: "next transports of the client",
      command: { do: "flip", name: "transports", step: 1 },
    },
    {
      key: "y",
      does: "tryAllTransports on or off",
      command: { do: "flip", name: "tryAllTransports", step: 1 },
    },
    {
      key: "h",
      does: "where the credential travels",
      command: { do: "flip", name: "credential", step: 1 },
    },
    { key: "s", does: "spelling of the scheme", command: { do: "flip", name: "scheme", step: 1 } },
  ],
  "Run and read": [
    { key: "r", does: "run everything again", command: { do: "run" } },
    { key: "Enter", label: "⏎", does: "what went over the wire in the cell" },
    { key: "d", does: "go to the diagram of the trace", command: { do: "trace" } },
    { key: "w", does: "show the words", command: { do: "words" } },
    { key: "c", does: "show the code", command: { do: "code" } },
    { key: "l", does: "show or hide the server log", command: { do: "log" } },
  ],
  "Move about": [
    { key: "n", does: "next lesson; on Compare, next difference", command: { do: "next" } },
    {
      key: "p",
      does: "previous lesson; on Compare, previous difference",
      command: { do: "previous" },
    },
    {
      key: "ArrowUp",
      label: "↑",
      does: "cell above",
      command: { do: "move", rows: -1, columns: 0 },
    },
    {
      key: "ArrowDown",
      label: "↓",
      does: "cell below",
      command: { do: "move", rows: 1, columns: 0 },
    },
    {
      key: "ArrowLeft",
      label: "←",
      does: "browser column",
      command: { do: "move", rows: 0, columns: -1 },
    },
    {
      key: "ArrowRight",
      label: "→",
      does: "Node column",
      command: { do: "move", rows: 0, columns: 1 },
    },
    { key: "1", label: "1 – 9", does: "row by its number", command: { do: "row", row: 0 } },
    { key: "Escape", label: "Esc", does: "close the open cell", command: { do: "escape" } },
    { key: "?", does: "this sheet", command: { do: "help" } },
  ],
};

/** As much of a key press as decides. */
export interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/**
 * What a key press asks for; undefined if it is not ours.
 * @param where `typing` in a text field or a list, `choosing` in a radio group (which has its own arrow keys)
 */
export function commandFor(
  { key, ctrlKey, metaKey, altKey }: Press,
  where: "typing" | "choosing" | "page",
): Command | undefined {
  // With one of these it is the browser's or the system's key.
  if (ctrlKey || metaKey || altKey || where === "typing") return undefined;
  if (key === "K") return { do: "flip", name: "token", step: -1 };
  if (/^[1-9]$/.test(key)) return { do: "row", row: Number(key) - 1 };
  const command = Object.values(KEYS)
    .flat()
    .find((each) => each.key === key)?.command;
  return where === "choosing" && command?.do === "move" ? undefined : command;
}
