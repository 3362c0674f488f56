// What each switch of the page can be set to, and with which words. The one place that lists it.
import type { PageSwitches } from "./protocol.ts";

/** A value of a switch: how it is written in an address, and on the page. */
export interface Choice<Value> {
  text: string;
  label: string;
  value: Value;
}

/** Switches that are one choice out of a few. */
export type ChoiceName =
  | "variant"
  | "auth"
  | "serverTransports"
  | "transports"
  | "credential"
  | "scheme";

type Choices = { readonly [Name in ChoiceName]: readonly Choice<PageSwitches[Name]>[] };

export const CHOICES: Choices = {
  variant: [same("cjs"), same("esm"), same("ts")],
  auth: [same("passport"), same("manual"), same("payload")],
  serverTransports: [
    { text: "polling,websocket", label: "both", value: ["polling", "websocket"] },
    { text: "websocket", label: "websocket", value: ["websocket"] },
    { text: "polling", label: "polling", value: ["polling"] },
  ],
  transports: [
    { text: "polling,websocket", label: "polling, websocket", value: ["polling", "websocket"] },
    { text: "websocket,polling", label: "websocket, polling", value: ["websocket", "polling"] },
    { text: "websocket", label: "websocket", value: ["websocket"] },
    { text: "polling", label: "polling", value: ["polling"] },
  ],
  credential: [same("header"), same("payload"), same("none")],
  scheme: [same("bearer"), same("Bearer"), same("Token")],
};

/** The switches that the person has set; the others follow the lesson. */
export type Chosen = Partial<PageSwitches>;

export const CHOICE_NAMES = Object.keys(CHOICES) as ChoiceName[];

/** What the switches are set to before anybody chooses. */
export const FIRST_SWITCHES: PageSwitches = {
  variant: "cjs",
  auth: "passport",
  serverTransports: ["polling", "websocket"],
  transports: ["polling", "websocket"],
  tryAllTransports: false,
  credential: "header",
  scheme: "bearer",
  token: { name: "valid" },
};

function same<Text extends string>(text: Text): Choice<Text> {
  return { text, label: text, value: text };
}

/** How the value is written in an address and in a lesson's `fixed`. */
export function textOf(value: PageSwitches[ChoiceName]): string {
  return typeof value === "string" ? value : value.join();
}

/** The choice that is written so; undefined if there is none. */
export function choiceOf<Name extends ChoiceName>(
  name: Name,
  text: string,
): Choice<PageSwitches[Name]> | undefined {
  const choices: readonly Choice<PageSwitches[Name]>[] = CHOICES[name];
  return choices.find((choice) => choice.text === text);
}
