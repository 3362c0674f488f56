// The words for a client that connects again.
import {
  bearerTemplate,
  cookieTemplate,
  payloadObject,
  socketVariable,
  tokenVariable,
} from "./code.ts";
import { connectionWords } from "./connect.ts";
import type { KindWords } from "./kind-words.ts";

export const renewWords: KindWords<"renew"> = {
  title: ({ token }) =>
    token === undefined ? "connect again" : "connect again, with another token",
  outcome: connectionWords,
  code({ as, token }, acts) {
    const socket = socketVariable(as);
    const first = acts.find((act) => act.do === "connect" && act.as === as);
    const isAway = acts.some((act) => act.do === "disconnect" && act.as === as && act.dropped);
    const again = isAway
      ? "// The client connects again automatically."
      : `${socket}.disconnect().connect();`;
    if (token === undefined || first?.do !== "connect") return again;
    if (first.authOption !== undefined) return `stored = ${tokenVariable(token)};\n${again}`;
    if (first.credential === "payload")
      return `${socket}.auth = ${payloadObject(token)};\n${again}`;
    const header =
      first.credential === "cookie"
        ? `cookie: ${cookieTemplate(token)}`
        : `authorization: ${bearerTemplate(first.scheme, token)}`;
    return `${socket}.io.opts.extraHeaders = { ${header} };\n${again}`;
  },
};
