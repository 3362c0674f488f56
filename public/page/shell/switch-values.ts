// Decides what the switches are set to: what the person chose, what the page starts with, what the page fixes. Pure.
import type { FixedSwitch } from "../../../scripts/model/lesson.ts";
import type { PageSwitches } from "../../../scripts/model/protocol.ts";
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

export type SwitchName = keyof PageSwitches;

export const ALL_SWITCHES = Object.keys(FIRST_SWITCHES) as SwitchName[];

/** Those that describe the server; the others describe the own attempt. */
export const SERVER_SWITCHES = ["variant", "auth", "serverTransports"] as const;
type ServerSwitch = (typeof SERVER_SWITCHES)[number];

/** What the switches are called that are one choice out of a few. */
export const LEGENDS: Record<ChoiceName, string> = {
  variant: "Format",
  auth: "Auth",
  serverTransports: "Transports offered",
  transports: "Transports",
  credential: "Credential",
  scheme: "Scheme",
};

/** What a page, such as a lesson, says about the server's switches: how they start, and what is fixed. */
export interface SwitchRules {
  switches: Partial<PageSwitches>;
  fixed: Partial<Record<ServerSwitch, FixedSwitch>>;
}

/** What counts: a choice, unless the page fixes something else; then the page's start; then everybody's. */
export function switchesFor(chosen: Chosen, rules?: SwitchRules): PageSwitches {
  const starts: PageSwitches = { ...FIRST_SWITCHES, ...rules?.switches };
  const allowed = Object.entries(chosen).filter(([name, value]) => {
    const fixed = fixedSwitch(rules, name);
    return fixed === undefined || allows(fixed, textOf(value as PageSwitches[ChoiceName]));
  });
  return { ...starts, ...Object.fromEntries(allowed) };
}

/** What a switch is fixed to; undefined if it is free. Only the server's switches can be fixed. */
export function fixedSwitch(rules: SwitchRules | undefined, name: string): FixedSwitch | undefined {
  return rules?.fixed[name as ServerSwitch];
}

/** The order in which transports are listed on the server changes nothing. */
export function allows(fixed: FixedSwitch, text: string): boolean {
  const sorted = text.split(",").toSorted().join();
  return fixed.to.some((value) => value.split(",").toSorted().join() === sorted);
}

/** The next value of a switch that is allowed, in turn. */
export function nextChoice<Name extends ChoiceName>(
  name: Name,
  now: PageSwitches,
  rules?: SwitchRules,
): PageSwitches[Name] {
  const fixed = fixedSwitch(rules, name);
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

/** The values of these switches in one line, for where there is no room for the switches. */
export function switchesInOneLine(switches: PageSwitches, names: readonly SwitchName[]): string {
  const { variant, auth, credential, scheme, token, transports, tryAllTransports } = switches;
  const words: Partial<Record<SwitchName, string>> = {
    variant,
    auth,
    serverTransports: choiceOf("serverTransports", textOf(switches.serverTransports))!.label,
    transports: `${transports.join(", ")}${tryAllTransports ? ", try all" : ""}`,
    credential: credential === "header" ? `header, ${scheme}` : credential,
    ...(credential !== "none" && { token: "name" in token ? token.name : "typed token" }),
  };
  return names.flatMap((name) => words[name] ?? []).join(" · ");
}

/** Whether another server is asked for; what else is flipped concerns the own attempt alone. */
export function isOtherServer(before: PageSwitches, after: PageSwitches): boolean {
  return SERVER_SWITCHES.some((name) => textOf(before[name]) !== textOf(after[name]));
}
