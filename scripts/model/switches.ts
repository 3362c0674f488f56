// The switches: those of the server, and those of the person's own attempt. What each can be set to, and what counts. Pure.
import type { InferOutput } from "valibot";
import type { Lesson } from "./lesson.ts";
import type { ownSwitches, serverSwitches, TokenChoice } from "./schema-pieces.ts";
import {
  AUTH_MODES,
  CREDENTIAL_PLACES,
  TOKEN_NAMES,
  TRANSPORT_CHOICES,
  type Transport,
  VARIANTS,
} from "./vocabulary.ts";

export type ServerSwitches = InferOutput<typeof serverSwitches>;
export type OwnSwitches = InferOutput<typeof ownSwitches>;
export type Switches = ServerSwitches & OwnSwitches;
export type SwitchName = keyof Switches;

/** The switches that the person has set; the others follow the lesson. */
export type Chosen = Partial<Switches>;

/** What the switches are set to before anybody chooses. */
export const FIRST_SWITCHES: Switches = {
  variant: "cjs",
  auth: "passport",
  serverTransports: ["polling", "websocket"],
  transports: ["polling", "websocket"],
  tryAllTransports: false,
  credential: "header",
  scheme: "bearer",
  token: "valid",
};

export const SWITCH_NAMES = Object.keys(FIRST_SWITCHES) as SwitchName[];

/** Those of the person's own attempt. */
export const OWN_SWITCH_NAMES = [
  "transports",
  "tryAllTransports",
  "credential",
  "scheme",
  "token",
] as const;

// --- What there is to choose from ---

/** A value of a switch: how it is written in an address, and on the page. */
export interface Choice<Value> {
  text: string;
  label: string;
  value: Value;
}

/** Switches that are one choice out of a few. */
export type ChoiceName = Exclude<SwitchName, "tryAllTransports" | "token">;

type Choices = { readonly [Name in ChoiceName]: readonly Choice<Switches[Name]>[] };

export const CHOICES: Choices = {
  variant: VARIANTS.map(same),
  auth: AUTH_MODES.map(same),
  serverTransports: TRANSPORT_CHOICES.map((text) => ({
    text,
    label: text.includes(",") ? "both" : text,
    value: text.split(",") as Transport[],
  })),
  transports: ["polling,websocket", "websocket,polling", "websocket", "polling"].map((text) => ({
    text,
    label: text.replace(",", ", "),
    value: text.split(",") as Transport[],
  })),
  credential: CREDENTIAL_PLACES.map(same),
  scheme: ["bearer", "Bearer", "Token"].map(same),
};

export const CHOICE_NAMES = Object.keys(CHOICES) as ChoiceName[];

function same<Text extends string>(text: Text): Choice<Text> {
  return { text, label: text, value: text };
}

/** How the value is written in an address and in a lesson's `fixed`. */
export function textOf(value: Switches[ChoiceName]): string {
  return typeof value === "string" ? value : value.join();
}

/** The choice that is written so; undefined if there is none. */
export function findChoice<Name extends ChoiceName>(
  name: Name,
  text: string,
): Choice<Switches[Name]> | undefined {
  const choices: readonly Choice<Switches[Name]>[] = CHOICES[name];
  return choices.find((choice) => choice.text === text);
}

// --- What counts ---

/** As much of a lesson as has a say in the switches. */
export type LessonRules = Pick<Lesson, "fixed" | "switches"> & Partial<Pick<Lesson, "flips">>;

/** A switch that a lesson does not let run free: the values that its expectations hold for, and why. */
type FixedSwitch = NonNullable<Lesson["fixed"][keyof Lesson["fixed"]]>;

/** A choice, unless the lesson fixes something else; then the lesson's start; then what is usual. */
export function switchesFor(chosen: Chosen, lesson?: LessonRules): Switches {
  const allowed = Object.entries(chosen).filter(([name, value]) => {
    const fixed = fixedSwitch(lesson, name);
    return fixed === undefined || allows(fixed, textOf(value as Switches[ChoiceName]));
  });
  return { ...FIRST_SWITCHES, ...lesson?.switches, ...Object.fromEntries(allowed) };
}

/** What the lesson fixes a switch to; undefined if it runs free. Only the server's switches can be fixed. */
export function fixedSwitch(
  lesson: LessonRules | undefined,
  name: string,
): FixedSwitch | undefined {
  return (lesson?.fixed as Record<string, FixedSwitch | undefined> | undefined)?.[name];
}

/** The order in which a server lists its transports changes nothing. */
export function allows({ to }: { to: readonly string[] }, text: string): boolean {
  return to.some((value) => sorted(value) === sorted(text));
}

function sorted(list: string): string {
  return list.split(",").toSorted().join();
}

// --- The next value ---

/** What a flip of a switch makes of it; where the lesson let it pass over a value, the reason. */
interface Flip {
  change: Chosen;
  reason: string | undefined;
}

/** The next value that the lesson allows, in turn. @param step -1 for the one before */
export function flip(
  name: SwitchName,
  now: Switches,
  lesson?: LessonRules,
  step: 1 | -1 = 1,
): Flip {
  if (name === "token") return { change: { token: nextToken(now.token, step) }, reason: undefined };
  if (name === "tryAllTransports")
    return { change: { tryAllTransports: !now.tryAllTransports }, reason: undefined };
  const fixed = fixedSwitch(lesson, name);
  const choices: readonly Choice<Switches[ChoiceName]>[] = CHOICES[name];
  const open = choices.filter(({ text }) => fixed === undefined || allows(fixed, text));
  const next = choiceAfter(now[name], open, step);
  const isSkipping = next !== choiceAfter(now[name], choices, step);
  return { change: { [name]: next?.value }, reason: isSkipping ? fixed?.reason : undefined };
}

function choiceAfter(
  value: Switches[ChoiceName],
  choices: readonly Choice<Switches[ChoiceName]>[],
  step: 1 | -1,
): Choice<Switches[ChoiceName]> | undefined {
  const text = textOf(value);
  const exact = choices.findIndex((choice) => choice.text === text);
  const at = exact === -1 ? choices.findIndex((each) => sorted(each.text) === sorted(text)) : exact;
  return choices[(at + step + choices.length) % choices.length];
}

/** From a token that was typed, to one end of the list. */
function nextToken(token: TokenChoice, step: 1 | -1): TokenChoice {
  const count = TOKEN_NAMES.length;
  const at = typeof token === "string" ? TOKEN_NAMES.indexOf(token) : step === 1 ? -1 : count;
  return TOKEN_NAMES[(at + step + count) % count]!;
}

// --- What a change runs again ---

/** The server's switches concern every attempt, the others only the own one. */
export function whatToRun(before: Switches, after: Switches): "all" | "own" | "nothing" {
  const isServerChanged = (["variant", "auth", "serverTransports"] as const).some(
    (name) => textOf(before[name]) !== textOf(after[name]),
  );
  if (isServerChanged) return "all";
  return JSON.stringify(before) === JSON.stringify(after) ? "nothing" : "own";
}

// --- In words ---

/** Their values in one line, for where there is no room for the switches. @param names those that count */
export function switchesInOneLine(switches: Switches, names: readonly SwitchName[]): string {
  const { variant, auth, serverTransports } = switches;
  const offered = findChoice("serverTransports", textOf(serverTransports))?.label;
  const words = { variant, auth, serverTransports: offered, ...ownInWords(switches) };
  return names.flatMap((name) => words[name] ?? []).join(" · ");
}

/** The switches of the own attempt: what it wants and what it sends. Each stands with the one that it belongs to. */
export function ownInWords(own: OwnSwitches): Partial<Record<SwitchName, string>> {
  const { transports, tryAllTransports, credential, scheme, token } = own;
  const wanted = transports.join(", ");
  return {
    transports: tryAllTransports ? `${wanted}, try all` : wanted,
    credential: credential === "header" ? `header, ${scheme}` : credential,
    ...(credential !== "none" && { token: typeof token === "string" ? token : "typed token" }),
  };
}
