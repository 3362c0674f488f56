// Decides what the switches are set to: what the person chose, what the lesson starts with, what the lesson fixes.
import type { FixedSwitch } from "../../../scripts/model/lesson.ts";
import type { LessonView, PageSwitches } from "../../../scripts/model/protocol.ts";
import {
  CHOICES,
  type Choice,
  type ChoiceName,
  choiceOf,
  type Chosen,
  FIRST_SWITCHES,
  textOf,
} from "../../../scripts/model/choices.ts";
import { TOKEN_NAMES } from "../../../scripts/model/vocabulary.ts";

/** As much of a lesson as has a say in the switches. */
export type LessonRules = Pick<LessonView, "fixed" | "switches">;

/** What counts: a choice, unless the lesson fixes something else; then the lesson's start; then the page's. */
export function switchesFor(chosen: Chosen, lesson?: LessonRules): PageSwitches {
  const starts: PageSwitches = { ...FIRST_SWITCHES, ...lesson?.switches };
  const allowed = Object.entries(chosen).filter(([name, value]) => {
    const fixed = fixedSwitch(lesson, name);
    return fixed === undefined || allows(fixed, textOf(value as PageSwitches[ChoiceName]));
  });
  return { ...starts, ...Object.fromEntries(allowed) };
}

/** What the lesson fixes a switch to; undefined if it runs free. Only the server's switches can be fixed. */
export function fixedSwitch(
  lesson: LessonRules | undefined,
  name: string,
): FixedSwitch | undefined {
  if (name === "variant" || name === "auth" || name === "serverTransports")
    return lesson?.fixed[name];
  return undefined;
}

/** The order in which transports are listed on the server changes nothing. */
export function allows(fixed: FixedSwitch, text: string): boolean {
  const sorted = text.split(",").toSorted().join();
  return fixed.to.some((value) => value.split(",").toSorted().join() === sorted);
}

/** The next value of a switch that the lesson allows, in turn. */
export function nextChoice<Name extends ChoiceName>(
  name: Name,
  now: PageSwitches,
  lesson?: LessonRules,
): PageSwitches[Name] {
  const fixed = fixedSwitch(lesson, name);
  const all: readonly Choice<PageSwitches[Name]>[] = CHOICES[name];
  const open = all.filter(({ text }) => fixed === undefined || allows(fixed, text));
  const at = open.findIndex(({ text }) => text === textOf(now[name]));
  return (open[(at + 1) % open.length] ?? all[0]!).value;
}

/** The next token by name, or the one before; from a typed one to the first or the last. */
export function nextToken({ token }: PageSwitches, step: 1 | -1): PageSwitches["token"] {
  const count = TOKEN_NAMES.length;
  const at = "name" in token ? TOKEN_NAMES.indexOf(token.name) : step === 1 ? -1 : count;
  return { name: TOKEN_NAMES[(at + step + count) % count]! };
}

/** All values in one line, for where there is no room for the switches. */
export function switchesInOneLine(switches: PageSwitches): string {
  const { variant, auth, credential, scheme, token, tryAllTransports } = switches;
  const offered = choiceOf("serverTransports", textOf(switches.serverTransports))?.label;
  const wanted = switches.transports.join(", ");
  const sent = credential === "header" ? `header, ${scheme}` : credential;
  const tokenName = "name" in token ? token.name : "typed token";
  return [
    variant,
    auth,
    offered,
    tryAllTransports ? `${wanted}, try all` : wanted,
    sent,
    ...(credential === "none" ? [] : [tokenName]),
  ].join(" · ");
}
