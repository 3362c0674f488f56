// What a person would write to make the same attempt: a few lines of client code. Pure.
import type { LessonAttempt } from "../../../scripts/model/lesson.ts";
import type { PageSwitches } from "../../../scripts/model/protocol.ts";

interface ConnectOptions {
  transports: string[];
  tryAllTransports: boolean;
  credential: string;
  scheme: string;
  /** The name of the token. */
  token: string;
}

/** The call that the attempt of a lesson stands for. */
export function attemptCode(attempt: LessonAttempt): string {
  if (attempt.do === "connect") return tabsCode(attempt);
  const { method, path, body, credential, scheme, token } = attempt;
  const headers = [
    ...(body === undefined ? [] : ['"content-type": "application/json"']),
    ...(credential === "header" ? [`authorization: \`${scheme} \${${variableOf(token)}}\``] : []),
  ];
  const lines = [
    ...(method === "GET" ? [] : [`method: "${method}"`]),
    ...(headers.length === 0 ? [] : [`headers: { ${headers.join(", ")} }`]),
    ...(body === undefined ? [] : [`body: JSON.stringify(${JSON.stringify(body)})`]),
  ];
  return call(`fetch("${path}"`, lines);
}

/** A line for each tab that is open before, the sender, and what it sends. */
function tabsCode(attempt: Extract<LessonAttempt, { do: "connect" }>): string {
  const own = connectCode(attempt);
  if (attempt.events.length === 0) return own;
  const tabs = attempt.otherTokens.map(
    (token, index) => `// tab ${index + 1}\n${connectCode({ ...attempt, token })};`,
  );
  const sent = attempt.events.map(
    ({ name, args }) =>
      `socket.emit(${[name, ...args].map((each) => JSON.stringify(each)).join(", ")}, (reply) => {});`,
  );
  const sender = tabs.length === 0 ? [] : ["// the sender"];
  return [...tabs, ...sender, `const socket = ${own};`, ...sent].join("\n");
}

/** The call that the own attempt stands for. */
export function ownCode({ token, ...switches }: PageSwitches): string {
  return connectCode({ ...switches, token: "name" in token ? token.name : "typed" });
}

function connectCode(options: ConnectOptions): string {
  const { transports, tryAllTransports, credential, scheme, token } = options;
  const name = variableOf(token);
  const isDefault = transports.join() === "polling,websocket";
  const lines = [
    ...(isDefault ? [] : [`transports: ${JSON.stringify(transports).replaceAll(",", ", ")}`]),
    ...(tryAllTransports ? ["tryAllTransports: true"] : []),
    ...(token !== "none" && credential === "header"
      ? [`extraHeaders: { authorization: \`${scheme} \${${name}}\` }`]
      : []),
    ...(token !== "none" && credential === "payload"
      ? [name === "token" ? "auth: { token }" : `auth: { token: ${name} }`]
      : []),
  ];
  return lines.length === 0 ? "io()" : call("io(", lines);
}

function call(start: string, lines: string[]): string {
  if (lines.length === 0) return `${start})`;
  const comma = start.endsWith("(") ? "" : ", ";
  return `${start}${comma}{\n${lines.map((line) => `  ${line},\n`).join("")}})`;
}

/** `expired` → `expiredToken`. */
function variableOf(token: string): string {
  if (token === "valid") return "token";
  return `${token.replaceAll(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase())}Token`;
}
