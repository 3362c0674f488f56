// The words about a token, and about a refusal.
import { describe, expect, it } from "vitest";
import { layOut } from "../../../public/page/wire/layout.ts";
import { lensOf } from "../../../public/page/wire/refusal-words.ts";
import { tokenCard } from "../../../public/page/wire/token-card.ts";
import { claimWords, timeLeftOf } from "../../../scripts/model/words/token.ts";
import type { SeenToken, Step, Trace } from "../../../scripts/model/trace.ts";
import { NAMES, type Played, type SceneName } from "./scenes.ts";

const now = Math.floor(Date.now() / 1000);

/** The first token in a trace, and the step that carried it. */
function tokenIn({ steps }: Trace): [SeenToken, Step] {
  const step = steps.find((each) => "tokens" in each && each.tokens.length > 0);
  return [(step as Extract<Step, { tokens: SeenToken[] }>).tokens[0]!, step!];
}

/** The lens as plain text: questions with their answers. */
function lensTexts({ scenes }: Played, name: SceneName): Record<string, string[]> {
  const names = { browser: "Chrome 147", node: "Node" };
  const entries = lensOf({ ...scenes[name], names, now }) ?? [];
  return Object.fromEntries(
    entries.map(({ question, answers }) => [
      question,
      answers.map(({ who, sentence }) => (who === undefined ? sentence : `${who}: ${sentence}`)),
    ]),
  );
}

export function tokenAndRefusalTests(played: Played): void {
  describe("a token", () => {
    it("says when it ends, and what each claim means", () => {
      const [valid] = tokenIn(played.scenes.websocket.node.trace);
      const [expired] = tokenIn(played.scenes.expired.node.trace);
      expect(timeLeftOf(valid, now)).toMatchObject({ state: "in time" });
      expect(timeLeftOf(expired, now).state).toBe("ended");
      expect(claimWords(expired, now).find(({ name }) => name === "exp")!.sentence).toMatch(
        /^Expired \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC, (?:1 hour|59 minutes) ago\.$/,
      );
      expect(
        claimWords(valid, now)
          .map(({ name }) => name)
          .toSorted(),
      ).toEqual(["aud", "data", "exp", "iat", "iss"]);
      expect(claimWords(valid, now).every(({ sentence }) => /^[A-Z].*\.$/.test(sentence))).toBe(
        true,
      );
    });

    it.each([
      ["websocket", /^Checked by the server: accepted/],
      ["expired", /^Checked by the server: refused/],
      // Refused all the same, but for the transport.
      ["notOffered", /^Checked by the server: accepted/],
      ["payload", /^Checked by the server: refused/],
      [
        "self",
        /^Checked by the server: refused\. The demo server's log says "jwt expired"; the response does not\.$/,
      ],
    ] as const)("in %s is what the trace shows", (name, sentence) => {
      const { trace } = played.scenes[name].node;
      const [token, step] = tokenIn(trace);
      const card = tokenCard({ token, steps: trace.steps, step, now });
      expect(card.values).toContainEqual(expect.stringMatching(sentence));
    });

    it("is not checked where a session is known by its sid", () => {
      const { steps } = played.scenes.polling.node.trace;
      const later = steps.find((step) => step.kind === "request" && step.target.includes("sid="));
      const { tokens } = later as Extract<Step, { kind: "request" }>;
      const card = tokenCard({ token: tokens[0]!, steps, step: later!, now });
      expect(card.values).toContainEqual(expect.stringMatching(/^Not checked here: /));
    });

    it("is nowhere in the diagram but for its last six characters", () => {
      const { browser: one, node } = played.scenes.websocket;
      const shown = JSON.stringify(
        [one.trace, node.trace].map((trace) => layOut({ trace, names: NAMES }, 700)),
      );
      expect(shown).toContain(played.goodToken.slice(-6));
      expect(shown).not.toContain(played.goodToken.slice(-7));
    });
  });

  describe("the refusal lens", () => {
    it("tells a refusal that only the browser met", () => {
      expect(lensTexts(played, "websocket")).toEqual({
        "What the server knew": [
          'Chrome 147: GET /socket.io/ (websocket handshake) with no Authorization header. It checked that and refused it: "No auth token".',
        ],
        "What it sent": [
          'Chrome 147: 401 Unauthorized, the challenge Bearer realm="users", the body {"message":"Unauthorized"}',
        ],
        "What Chrome 147 sees": [
          "“websocket error” and nothing else: no status, no body, no reason.",
        ],
        "What Node sees": ["No refusal: it is connected as john."],
        "Does the client retry?": [
          "Chrome 147: Yes, automatically and for ever, with the same options.",
        ],
      });
    });

    it("tells a connection that was cut", () => {
      expect(lensTexts(played, "cut")).toMatchObject({
        "What it sent": ["Nothing: it cut the connection."],
        "What Node sees": ["“websocket error”, “socket hang up”"],
      });
    });

    it("tells what the guard of the namespace stopped after a handshake that was accepted", () => {
      const accepted = "A CONNECT packet, on a session whose handshake it had accepted.";
      expect(lensTexts(played, "guard")["What the server knew"]).toEqual([
        `${accepted} It checked that and refused it: "no user".`,
      ]);
    });

    it("tells a refusal in words, after which nobody retries", () => {
      const told = lensTexts(played, "payload");
      expect(told["What the server knew"]![0]).toMatch(
        /^A CONNECT packet with token …\S{6} \(HS256, john, expired (?:1 hour|59 minutes) ago\)\. It checked that and refused it: "jwt expired"\.$/,
      );
      expect(told["What Chrome 147 sees"]).toEqual([
        '“The token has expired.”, the data {"error":"invalid_token"}',
      ]);
      expect(told["Does the client retry?"]).toEqual(["No. Your code must call connect() again."]);
    });

    it("puts no stop after what it quotes, where it could stand alone on a line", () => {
      const quotes = (Object.keys(played.scenes) as SceneName[]).flatMap((name) =>
        Object.entries(lensTexts(played, name)).flatMap(([question, answers]) =>
          /^What (?:it sent|.* sees)$/.test(question) ? answers : [],
        ),
      );
      expect(quotes.length).toBeGreaterThan(10);
      expect(quotes.filter((answer) => /\W\.$/.test(answer))).toEqual([]);
    });

    it("says nothing where nobody was refused", () => {
      expect(lensTexts(played, "polling")).toEqual({});
    });
  });
}
