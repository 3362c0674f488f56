// What stands at a step of the diagram: a title, and a few lines below it. Pure.
import type {
  CheckStep,
  FrameStep,
  RequestStep,
  ResponseStep,
  SeenToken,
  Step,
} from "../../../scripts/model/trace.ts";
import { authorizationWords, maskedToken } from "./authorization-words.ts";
import { checkedWords, DECISION_WORDS, verdictOf } from "../../../scripts/model/check-verdict.ts";
import { frameWords, packetWords } from "./packet-words.ts";
import { printable } from "./plain-text.ts";
import { purposeWords, readPurpose } from "../../../scripts/model/request-purpose.ts";

/** What a line tells; each has a shape or a word of its own beside its colour. */
export type Tone = "plain" | "quiet" | "good" | "bad";

export interface Line {
  text: string;
  tone: Tone;
  /** A mark before the text: a credential that is there, or one that is not. */
  mark?: "present" | "absent";
  /** The token that the line names. */
  token?: SeenToken;
}

export interface StepWords {
  title: string;
  tone: Tone;
  lines: Line[];
}

/** @param index the step within its trace; a check is told with what it decided */
export function stepWords(steps: readonly Step[], index: number): StepWords {
  const step = steps[index]!;
  switch (step.kind) {
    case "request":
      return requestWords(step);
    case "response":
      return responseWords(step);
    case "frame":
      return frameStepWords(step);
    case "check":
      return checkWords(steps, index, step);
    case "closed":
      return closedWords(step);
  }
}

function requestWords(step: RequestStep): StepWords {
  const purposeful = readPurpose(step);
  const title = [
    printable(`${step.method} ${purposeful.path}`),
    purposeWords(purposeful),
    step.opens ?? "",
  ];
  const { isPresent, text, token } = authorizationWords(step);
  const authorization: Line = {
    text:
      purposeful.sessionId === undefined || isPresent
        ? text
        : `${text}; sid ${purposeful.sessionId}`,
    tone: "plain",
    mark: isPresent ? "present" : "absent",
    ...(token && { token }),
  };
  return {
    title: title.filter(Boolean).join(" · "),
    tone: "plain",
    lines: [authorization, ...contentLines(step)],
  };
}

function responseWords(step: ResponseStep): StepWords {
  const challenge = step.headers["www-authenticate"];
  const lines: Line[] =
    challenge === undefined
      ? []
      : [{ text: `WWW-Authenticate: ${printable(challenge)}`, tone: "plain" }];
  return {
    title: printable(`${step.status} ${step.reason}`).trim(),
    tone: step.status < 400 ? "good" : "bad",
    lines: [...lines, ...contentLines(step)],
  };
}

function contentLines({ packets, body, tokens, isCutShort }: RequestStep | ResponseStep): Line[] {
  const carried =
    packets.length > 0 ? packets.map(packetWords) : body === "" ? [] : [printable(body)];
  return [
    ...carried.map((text): Line => ({ text, tone: "plain" })),
    ...tokens.filter(({ place }) => place !== "header").map(tokenLine),
    ...(isCutShort ? [REST_NOT_KEPT] : []),
  ];
}

const REST_NOT_KEPT: Line = { text: "the rest was not kept", tone: "quiet" };

function tokenLine(token: SeenToken): Line {
  return { text: `token ${maskedToken(token)}`, tone: "plain", mark: "present", token };
}

function frameStepWords(step: FrameStep): StepWords {
  const isError = step.packets.some(({ socket }) => socket === "CONNECT_ERROR");
  const [first, ...others] =
    step.packets.length > 1 ? step.packets.map(packetWords) : [frameWords(step)];
  return {
    title: first!,
    tone: isError ? "bad" : "plain",
    lines: [
      ...others.map((text): Line => ({ text, tone: "plain" })),
      ...step.tokens.map(tokenLine),
      ...(step.isCutShort ? [REST_NOT_KEPT] : []),
    ],
  };
}

function checkWords(steps: readonly Step[], index: number, step: CheckStep): StepWords {
  const { decision, reason } = verdictOf(steps, index);
  const why: Line[] =
    reason === undefined ? [] : [{ text: `"${printable(reason)}"`, tone: "plain" }];
  const tones = { accepted: "good", refused: "bad", open: "plain" } as const;
  return {
    title: DECISION_WORDS[decision],
    tone: tones[decision],
    lines: [{ text: checkedWords(step), tone: "quiet" }, ...why],
  };
}

// Which connection it was stands on the wire, beside it.
function closedWords({ from, isCut }: Extract<Step, { kind: "closed" }>): StepWords {
  return isCut
    ? { title: `the ${from} cuts the connection`, tone: "bad", lines: [] }
    : { title: "closes", tone: "quiet", lines: [] };
}
