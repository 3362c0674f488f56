// What each key does in an open lesson: from a state and a key to the next state, and what is to be done.
import { questionsOf } from "../../model/prediction.ts";
import { flip, type SwitchName, whatToRun } from "../../model/switches.ts";
import { CLIENTS, TOKENS } from "../../model/vocabulary.ts";
import { describeOwn } from "./cell-words.ts";
import { askedIn, attemptsOf, type Panel, type Session } from "./session.ts";

/** A key as Node's readline names it. */
export interface Key {
  name?: string | undefined;
  sequence?: string | undefined;
  ctrl?: boolean | undefined;
  shift?: boolean | undefined;
}

/** What is to be done besides drawing the new state. */
export type Effect =
  | { do: "run"; what: "all" | "own" }
  | { do: "open"; lesson: number }
  | { do: "open page" }
  | { do: "open exercise" }
  | { do: "suspend" }
  | { do: "quit" };

interface Step {
  session: Session;
  effect?: Effect;
}

/** Each key with what it does, for the line at the bottom and for help. */
export const KEYS = (
  [
    ["f", "format", "the next module format of the server: cjs, esm, ts"],
    ["a", "auth", "the next way to check the token: passport, manual, payload, cookie"],
    ["t", "transports", "what the server offers: both transports, or one of them"],
    ["k", "token", "the next token of your own attempt (K: the one before)"],
    ["T", "transports", "the next transports of your own attempt"],
    ["y", "try all", "tryAllTransports of your own attempt, on or off"],
    ["h", "credential", "where your own attempt sends the token"],
    ["s", "scheme", "how your own attempt spells the scheme"],
    ["r", "run", "run everything again"],
    ["↑↓←→", "cell", "choose a cell; a digit chooses a row"],
    ["⏎", "trace", "what went over the wire in the chosen cell; again for every step"],
    ["c", "code", "the code in question, in the chosen format; again for the next piece"],
    ["w", "words", "the words of this lesson"],
    ["o", "page", "this lesson on the sandbox page, in your own browser"],
    ["e", "exercise", "the exercise of this lesson, if it has one"],
    ["n p", "lesson", "the next lesson, the previous one"],
    ["?", "help", "this help; Esc leads back"],
    ["q", "quit", "quit; so does Ctrl-C"],
  ] satisfies [key: string, does: string, meaning: string][]
).map(([key, does, meaning]) => ({ key, does, meaning }));

/** The same while a question is open. */
export const ASKING_KEYS: readonly { key: string; does: string }[] = [
  { key: "1–9", does: "answer" },
  { key: "⏎", does: "skip" },
  { key: "←", does: "back" },
  { key: "w", does: "words" },
  { key: "r", does: "run" },
  { key: "q", does: "quit" },
];

/** The next state, and what is to be done. A key without a meaning changes nothing. */
export function pressKey(before: Session, key: Key): Step {
  const session = { ...before, notice: "" };
  if (key.ctrl) return pressControl(session, key.name);
  if (askedIn(session) !== undefined) return answerWith(session, key);
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
  f: (session) => flipSwitch(session, "variant"),
  a: (session) => flipSwitch(session, "auth"),
  t: (session) => flipSwitch(session, "serverTransports"),
  k: (session) => flipSwitch(session, "token"),
  K: (session) => flipSwitch(session, "token", -1),
  T: (session) => flipSwitch(session, "transports"),
  y: (session) => flipSwitch(session, "tryAllTransports"),
  h: (session) => flipSwitch(session, "credential"),
  s: (session) => flipSwitch(session, "scheme"),
  r: (session) => ({ session, effect: { do: "run", what: "all" } }),
  return: showTrace,
  enter: showTrace,
  c: showCode,
  w: (session) => ({ session: toggle(session, "words") }),
  o: (session) => ({ session, effect: { do: "open page" } }),
  e: (session) => ({ session, effect: { do: "open exercise" } }),
  "?": (session) => ({ session: toggle(session, "help") }),
  n: (session) => openLesson(session, 1),
  p: (session) => openLesson(session, -1),
  q: (session) => ({ session, effect: { do: "quit" } }),
  escape: (session) => ({ session: show(session, "matrix") }),
  backspace: (session) => ({ session: show(session, "matrix") }),
};

// --- Questions ---

function answerWith(session: Session, { name = "", sequence = "" }: Key): Step {
  const { asking = 0, said, panel } = session;
  if (sequence === "w") return { session: toggle(session, "words") };
  if (panel === "words" && sequence !== "q") {
    const move = READING_MOVES.has(name) ? MOVES[name] : undefined;
    return { session: move === undefined ? show(session, "matrix") : move(session) };
  }
  const { id, question } = askedIn(session)!;
  const answer = Object.keys(question.answers)[Number(sequence) - 1];
  if (answer !== undefined) return ask({ ...session, said: { ...said, [id]: answer } }, asking + 1);
  if (["return", "enter", "space", "right"].includes(name)) return ask(session, asking + 1);
  if (["left", "backspace"].includes(name)) return ask(session, Math.max(0, asking - 1));
  if (name === "escape" || sequence === "r") return ask(session, Infinity);
  return sequence === "q" ? { session, effect: { do: "quit" } } : { session };
}

/** After the last question, everything runs. */
function ask(session: Session, wanted: number): Step {
  const count = questionsOf(session.lesson.attempts).length;
  if (wanted < count) return { session: { ...session, asking: wanted } };
  return { session: { ...session, asking: count }, effect: { do: "run", what: "all" } };
}

// --- Switches ---

function flipSwitch(session: Session, name: SwitchName, step: 1 | -1 = 1): Step {
  const { lesson, switches: before } = session;
  const { change, reason = "" } = flip(name, before, lesson, step);
  const switches = { ...before, ...change };
  const what = whatToRun(before, switches);
  if (what === "nothing") return { session: { ...session, notice: reason } };
  const { token } = change;
  const meaning = typeof token === "string" ? ` ${TOKENS[token]}` : "";
  const notice = what === "own" ? describeOwn(switches) + meaning : reason;
  // Other code belongs to another format; what is open is read again.
  const code = change.variant === undefined ? session.code : undefined;
  return { session: { ...session, switches, notice, code }, effect: { do: "run", what } };
}

// --- Panels ---

function show(session: Session, panel: Panel): Session {
  return { ...session, panel, scroll: 0 };
}

function toggle(session: Session, panel: Panel): Session {
  return show(session, session.panel === panel ? "matrix" : panel);
}

function showTrace(session: Session): Step {
  const isEveryStep = session.panel === "trace" && !session.isEveryStep;
  return { session: { ...show(session, "trace"), isEveryStep } };
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

const READING_MOVES = new Set(["up", "down", "pageup", "pagedown", "space", "home"]);

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
  const index = attemptsOf(session).findIndex(({ id }) => id === session.chosen.attempt);
  return chooseRow(session, index - step);
}

function chooseRow(session: Session, index: number): Session {
  const attempt = attemptsOf(session)[index];
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
