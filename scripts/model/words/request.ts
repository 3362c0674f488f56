// The words for a plain HTTP request and its answer.
import type { Act } from "../acts.ts";
import { bearerTemplate, callWith, cookieTemplate, READ_COOKIE } from "./code.ts";
import { brief, type KindWords } from "./kind-words.ts";
import { valueWords } from "./values.ts";

export const requestWords: KindWords<"request"> = {
  title: ({ method, path, atOnce }) =>
    `${method} ${path}${atOnce === undefined ? "" : `, ${atOnce} at once`}`,
  outcome(outcome) {
    if (outcome.result === "unanswered") return brief("open", "unanswered", "nothing came in time");
    const { status, challenge, body } = outcome;
    return {
      shape: status < 400 ? "good" : "bad",
      isAnswer: true,
      word: `answered ${status}`,
      detail: valueWords(messageIn(body)),
      facts: [
        ["status", String(status)],
        ["challenge", valueWords(challenge ?? "none")],
        ["body", body === "" ? "none" : valueWords(body)],
      ],
    };
  },
  code(act, acts) {
    const { method, path, body, credential, scheme, token, atOnce } = act;
    const headers = [
      ...(body === undefined ? [] : ['"content-type": "application/json"']),
      ...(credential === "header" && token !== "none"
        ? [`authorization: ${bearerTemplate(scheme, token)}`]
        : []),
      ...(credential === "cookie" && token !== "none"
        ? [`/* only in Node */ cookie: ${cookieTemplate(token)}`]
        : []),
    ];
    const once = callWith(`fetch("${path}"`, [
      ...(method === "GET" ? [] : [`method: "${method}"`]),
      ...(headers.length === 0 ? [] : [`headers: { ${headers.join(", ")} }`]),
      ...(body === undefined ? [] : [`body: JSON.stringify(${JSON.stringify(body)})`]),
      ...(atOnce === undefined ? [] : ['cache: "no-store"']),
    ]);
    if (atOnce !== undefined)
      return `await Promise.all(Array.from({ length: ${atOnce} }, () => ${once}));`;
    const call = `await ${once}`;
    const wanted = fieldWanted(acts.slice(acts.indexOf(act) + 1));
    if (wanted === "set-cookie") return `const answer = ${call};\n${READ_COOKIE}`;
    const later = acts.slice(acts.indexOf(act) + 1).filter((each) => each.do === "refresh");
    const given = wanted === undefined ? "" : `${wanted}: answeredToken`;
    const fields = later.length === 0 ? given : "token: answeredToken, refreshToken";
    if (fields === "") return `${call};`;
    const [first, ...others] = acts.filter(
      (each, at) => each.do === "request" && fieldWanted(acts.slice(at + 1)) !== undefined,
    );
    const isAssignedLater = others.length > 0 || later.length > 0;
    const isShownAgain = later.some((each) => each.with === "first");
    return [
      first === act || wanted === undefined
        ? `${isAssignedLater ? "let" : "const"} { ${fields} } = await (${call}).json();`
        : `({ ${fields} } = await (${call}).json());`,
      ...(isShownAgain ? ["const firstRefreshToken = refreshToken;"] : []),
    ].join("\n");
  },
};

/** A body that holds one message is as good as that message. */
function messageIn(body: unknown): unknown {
  const { message } = (body ?? {}) as { message?: unknown };
  return typeof message === "string" ? message : body;
}

/** The field of the answer that an act after it presents as a token, if one does. */
function fieldWanted(later: readonly Act[]): string | undefined {
  for (const act of later) {
    if ("token" in act && typeof act.token === "object" && "answered" in act.token)
      return act.token.answered;
    if (act.do === "request") return undefined;
  }
  return undefined;
}
