// What was seen at the first look, in two or three sentences.
import { describePlace, wordOf } from "../../test/conformance/place.ts";
import type { Target } from "../../test/conformance/target.ts";
import { listWords } from "./list-words.ts";

/** Where the server checks, what it takes, and how that is corrected. */
export function describeSight({ url, gate, isSilent, isSplit, places, claims }: Target): string[] {
  const split = isSplit
    ? [
        `Several servers answer at ${url} without sticky sessions: a session by polling is unknown to the next of them, so only WebSocket was tested.`,
      ]
    : [];
  if (gate === "nowhere")
    return [
      ...split,
      `${url} connects a socket without a token, and with one that is not valid: it checks nothing before or when a socket connects${claims.has("self") ? ", and only its self path was asked about tokens" : ", so no case about tokens was run"}.`,
    ];
  const where = {
    handshake: "checks the token at the handshake, before it opens a session",
    namespace: isSilent
      ? "checks the token when a socket connects, and does not answer where it refuses"
      : "checks the token when a socket connects (in a middleware of the namespace), and refuses in words",
    connection: "lets a socket in, checks its token then, and disconnects it",
  }[gate];
  const taken = listWords(places.map(describePlace));
  return [
    ...split,
    `${url} ${where}.`,
    `It takes the token from ${taken}${places.length > 1 ? ": each is tried with every token" : ""}.`,
    `If that is not what you mean, say where the token travels: --token-in ${places.map(wordOf).join(",")}.`,
  ];
}
