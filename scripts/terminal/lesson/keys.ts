// What each key does in an open lesson: from a state and a key to the next state, and what is to be done.
import { CLIENTS } from "../../model/vocabulary.ts";
import type { Panel, Session } from "./session.ts";
import { type Flip, flipAuth, flipFormat, flipToken, flipTransports } from "./switches.ts";

/** A key as Node's readline names it. */
export interface Key {
  name?: string | undefined;
  sequence?: string | undefined;
  ctrl?: boolean | undefined;
  shift?: boolean | undefined;
}

/** What is to be done besides drawing the new state. */
export type Effect =
  | { do: "run" }
  | { do: "open"; lesson: number }
  | { do: "open page" }
  | { do: "suspend" }
  | { do: "quit" };

export interface Step {
  session: Session;
  effect?: Effect;
}

/** Each key with what it does, for the line at the bottom and for help. */
export const KEYS: readonly { key: string; does: string; meaning: string }[] = [
  { key: "f", does: "format", meaning: "the next module format of the server: cjs, esm, ts" },
  { key: "a", does: "auth", meaning: "the next way to check the token: passport, manual, payload" },
  {
    key: "t",
    does: "transports",
    meaning: "what the server offers: both transports, or one of them",
  },
  {
    key: "k",
    does: "token",
    meaning: "another token for every attempt that presents one (K: the one before)",
  },
  { key: "r", does: "run", meaning: "run everything again" },
  { key: "↑↓←→", does: "cell", meaning: "choose a cell; a digit chooses a row" },
  { key: "⏎", does: "trace", meaning: "what went over the wire in the chosen cell" },
  {
    key: "c",
    does: "code",
    meaning: "the code in question, in the chosen format; again for the next piece",
  },
  { key: "w", does: "words", meaning: "the words of this lesson" },
  { key: "o", does: "page", meaning: "this lesson on the sandbox page, in your own browser" },
  { key: "n p", does: "lesson", meaning: "the next lesson, the previous one" },
  { key: "?", does: "help", meaning: "this help; Esc leads back" },
  { key: "q", does: "quit", meaning: "quit; so does Ctrl-C" },
];

/** The next state, and what is to be done. A key without a meaning changes nothing. */
export function pressKey(before: Session, key: Key): Step {
  const session = { ...before, notice: "" };
  if (key.ctrl) return pressControl(session, key.name);
  const move = MOVES[key.name ?? ""];
  if (move !== undefined) return { session: move(session) };
  if (/^[1-9]$/.test(key.sequence ?? ""))
    return { session: chooseRow(session, Number(key.sequence) - 1) };
  const press = LETTERS[key.sequence ?? ""] ?? LETTERS[key.name ?? ""];
  return press === undefined ? { session } : press(session);
}

function pressControl(session: Session, name: string | undefined): Step {
  if (name === "c" || name === "d") return { session, effect: { do: "quit" } };
  if (name === "z") return { session, effect: { do: "suspend" } };
  return { session };
}

const LETTERS: Record<string, (session: Session) => Step> = {
  f: (session) => flip(session, flipFormat(session.lesson, session.switches)),
  a: (session) => flip(session, flipAuth(session.lesson, session.switches)),
  t: (session) => flip(session, flipTransports(session.lesson, session.switches)),
  k: (session) => flip(session, flipToken(session.lesson, session.switches, 1)),
  K: (session) => flip(session, flipToken(session.lesson, session.switches, -1)),
  r: (session) => ({ session, effect: { do: "run" } }),
  return: (session) => ({ session: show(session, "trace") }),
  enter: (session) => ({ session: show(session, "trace") }),
  c: showCode,
  w: (session) => ({ session: toggle(session, "words") }),
  o: (session) => ({ session, effect: { do: "open page" } }),
  "?": (session) => ({ session: toggle(session, "help") }),
  n: (session) => openLesson(session, 1),
  p: (session) => openLesson(session, -1),
  q: (session) => ({ session, effect: { do: "quit" } }),
  escape: (session) => ({ session: show(session, "matrix") }),
  backspace: (session) => ({ session: show(session, "matrix") }),
};

// --- Switches ---

function flip(session: Session, { switches, notice }: Flip): Step {
  if (JSON.stringify(switches) === JSON.stringify(session.switches))
    return { session: { ...session, notice } };
  // Other code belongs to another format; what is open is read anew.
  const isOtherFormat = switches.variant !== session.switches.variant;
  const flipped = { ...session, switches, notice, ...(isOtherFormat ? { code: undefined } : {}) };
  return { session: flipped, effect: { do: "run" } };
}

// --- Panels ---

function show(session: Session, panel: Panel): Session {
  return { ...session, panel, scroll: 0 };
}

function toggle(session: Session, panel: Panel): Session {
  return show(session, session.panel === panel ? "matrix" : panel);
}

/** The code itself is read by whoever sees that there is none yet. */
function showCode(session: Session): Step {
  const parts = session.lesson.code.length;
  if (parts === 0) return { session: { ...session, notice: "This lesson points at no code." } };
  const part = session.panel === "code" ? (session.part + 1) % parts : session.part;
  return { session: { ...show(session, "code"), part, code: undefined } };
}

function openLesson(session: Session, step: 1 | -1): Step {
  const { numbers } = session;
  const wanted = numbers[numbers.indexOf(session.wanted) + step];
  if (wanted !== undefined)
    return { session: { ...session, wanted }, effect: { do: "open", lesson: wanted } };
  const end = step === 1 ? "last" : "first";
  return { session: { ...session, notice: `This is the ${end} lesson.` } };
}

// --- Moving ---

const PAGE = 10;

const MOVES: Record<string, (session: Session) => Session> = {
  up: (session) => moveUp(session, 1),
  down: (session) => moveUp(session, -1),
  left: (session) => chooseClient(session, -1),
  right: (session) => chooseClient(session, 1),
  pageup: (session) => scroll(session, -PAGE),
  pagedown: (session) => scroll(session, PAGE),
  space: (session) => scroll(session, PAGE),
  home: (session) => ({ ...session, scroll: 0 }),
};

/** In the matrix the arrows choose a row; elsewhere they scroll. */
function moveUp(session: Session, step: 1 | -1): Session {
  if (session.panel !== "matrix") return scroll(session, -step);
  const index = session.lesson.attempts.findIndex(({ id }) => id === session.chosen.attempt);
  return chooseRow(session, index - step);
}

function chooseRow(session: Session, index: number): Session {
  const attempt = session.lesson.attempts[index];
  return attempt === undefined
    ? session
    : { ...session, chosen: { ...session.chosen, attempt: attempt.id }, scroll: 0 };
}

function chooseClient(session: Session, step: 1 | -1): Session {
  const shown = CLIENTS.filter((client) =>
    session.columns.some((column) => column.client === client),
  );
  const client = shown[shown.indexOf(session.chosen.client) + step];
  return client === undefined
    ? session
    : { ...session, chosen: { ...session.chosen, client }, scroll: 0 };
}

/** The view knows how long the panel is, and stops at its end. */
function scroll(session: Session, lines: number): Session {
  return { ...session, scroll: Math.max(0, session.scroll + lines) };
}
