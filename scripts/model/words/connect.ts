// The words for a connection that opens or is refused.
import type { ActOf } from "../acts.ts";
import type { Refused } from "../acts/connect.ts";
import {
  bearerTemplate,
  callWith,
  cookieTemplate,
  payloadObject,
  socketVariable,
  tokenVariable,
} from "./code.ts";
import { brief, type KindWords, type OutcomeWords, retryFact } from "./kind-words.ts";
import { valueWords } from "./values.ts";

export const connectWords: KindWords<"connect"> = {
  title: ({ from }) => (from === undefined ? "connect" : `connect from ${from}`),
  outcome: connectionWords,
  code(act) {
    const { as, from, namespace, transports, tryAllTransports, credential, scheme, token } = act;
    const isDefault = transports.join() === "polling,websocket";
    const options = [
      ...(isDefault ? [] : [`transports: ${JSON.stringify(transports).replaceAll(",", ", ")}`]),
      ...(tryAllTransports ? ["tryAllTransports: true"] : []),
      ...(act.afterRefusal === undefined ? [] : ["reconnectionDelay: 50"]),
      ...(token !== "none" && credential === "header"
        ? [`extraHeaders: { authorization: ${bearerTemplate(scheme, token)} }`]
        : []),
      ...(credential === "cookie" ? cookieOptions(act) : []),
      ...(token !== "none" && credential === "payload" ? [`auth: ${authValue(act)}`] : []),
      ...(token !== "none" && credential === "query" ? [`query: ${payloadObject(token)}`] : []),
    ];
    // From elsewhere the page has to name the server.
    const url = `${from === undefined ? "" : "http://127.0.0.1:3000"}${namespace ?? ""}`;
    const start = url === "" ? "io(" : `io("${url}"`;
    const call = `const ${socketVariable(as)} = ${callWith(start, options)};`;
    const stored = act.authOption === undefined ? [] : [`let stored = ${tokenVariable(token)};`];
    const where = from === undefined ? [] : [`// On a page of ${from}:`];
    return [...where, ...stored, call, ...answerToRefusal(act)].join("\n");
  },
};

/** A page needs no option for its own server, and cannot set the header. */
function cookieOptions({ from, token }: ActOf<"connect">): string[] {
  const forPage = from === undefined ? [] : ["withCredentials: true"];
  const header = `/* only in Node */ extraHeaders: { cookie: ${cookieTemplate(token)} }`;
  return [...forPage, ...(token === "none" ? [] : [header])];
}

function authValue({ authOption, token }: ActOf<"connect">): string {
  if (authOption === undefined) return payloadObject(token);
  if (authOption === "object") return "{ token: stored }";
  return authOption === "function"
    ? "(give) => give({ token: stored })"
    : "async (give) => give({ token: await stored })";
}

/** The app's answer to a refusal, in the lines that a person would write. */
function answerToRefusal({ as, afterRefusal, credential, scheme }: ActOf<"connect">): string[] {
  if (afterRefusal === undefined || afterRefusal === "go on") return [];
  const socket = socketVariable(as);
  // Where the server says it: as the status of the handshake, or in the data of the namespace.
  const [read, value] =
    credential === "payload"
      ? ["error.data?.error", '"invalid_token"']
      : ["error.description", 401];
  const listen = (lines: readonly string[]): string[] => [
    `${socket}.on("connect_error", (error) => {`,
    ...lines.map((line) => `  ${line}`),
    "});",
  ];
  if (afterRefusal === "stop") return listen([`if (${read} === ${value}) ${socket}.disconnect();`]);
  const fresh = afterRefusal.freshToken;
  const take =
    credential === "payload"
      ? [`${socket}.auth = ${payloadObject(fresh)};`, `${socket}.connect();`]
      : [`${socket}.io.opts.extraHeaders = { authorization: ${bearerTemplate(scheme, fresh)} };`];
  const once = [`if (isRenewed || ${read} !== ${value}) return;`, "isRenewed = true;"];
  return ["let isRenewed = false;", ...listen([...once, ...take])];
}

/** Of a connection, whether it was opened for the first time or again. */
export function connectionWords(
  outcome: Parameters<KindWords<"connect" | "renew">["outcome"]>[0],
): OutcomeWords {
  switch (outcome.result) {
    case "connected": {
      const { user, firstTransport: first, lastTransport: last } = outcome;
      const transports = first === last ? first : `${first}→${last}`;
      const name = valueWords(user?.username ?? "nobody");
      return {
        shape: "good",
        word: "connected",
        detail: [...triedWords(outcome), name, transports].join(", "),
        facts: [
          ["user", user === undefined ? "none" : valueWords(user)],
          ["first transport", first],
          ["last transport", last],
          ...countFacts(outcome),
        ],
      };
    }
    case "refused": {
      const { message, status } = outcome;
      const told = [message || "an empty message", ...(status === undefined ? [] : [status])];
      const detail = [...triedWords(outcome), ...told].join(", ");
      return { shape: "bad", word: "refused", detail, facts: refusalFacts(outcome) };
    }
    case "unanswered":
      return brief("open", "unanswered", "nothing came in time");
  }
}

function refusalFacts(refused: Refused): OutcomeWords["facts"] {
  const { refusedBy, message, description, status, body, data, willRetry } = refused;
  const more: OutcomeWords["facts"] = data === undefined ? [] : [["data", valueWords(data)]];
  return [
    ["refused by", refusedBy === "session" ? "a later request of the session" : `the ${refusedBy}`],
    ["message", valueWords(message)],
    ["description", valueWords(description ?? "not visible")],
    ["status", statusWords({ status, description })],
    ["body", body === undefined ? "not visible" : valueWords(body)],
    ...more,
    retryFact(willRetry),
    ...countFacts(refused),
  ];
}

type Counted = Pick<Refused, "tried" | "freshTokens" | "seenByOnAny">;

function triedWords({ tried }: Counted): string[] {
  return tried === undefined ? [] : [`${tried} tried`];
}

function countFacts({ tried, freshTokens, seenByOnAny }: Counted): OutcomeWords["facts"] {
  if (tried === undefined) return [];
  return [
    ["connections tried", String(tried)],
    ["fresh tokens asked for", String(freshTokens)],
    ["events that onAny saw", String(seenByOnAny)],
  ];
}

/** The error has no status of its own: who wants it reads the description. */
function statusWords({ status, description }: Pick<Refused, "status" | "description">): string {
  if (status === undefined) return "not visible";
  return description === undefined ? String(status) : `${status}, read from the description`;
}
