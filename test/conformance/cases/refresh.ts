// Refresh tokens: each counts once, and one that comes again ends all that came of the same login.
import type { Case } from "../case.ts";
import { connect } from "../connection.ts";
import { expectEqual, expectThat } from "../expectation.ts";
import { loginBody, postLogin } from "../login.ts";
import { expectEnded } from "../logout.ts";
import { takeApart } from "../mint.ts";
import type { Probe } from "../probe.ts";
import { describeResponse, sendRequest } from "../raw-http.ts";
import {
  beginFamily,
  expectNoPair,
  givesPair,
  refresh,
  showRefreshToken,
} from "../refresh-tokens.ts";
import { expectAccepted, expectRefusedEverywhere, stableFields } from "../verdicts.ts";

const ROTATION = "RFC 9700 §4.14.2";
const ERRORS = "RFC 6749 §5.2";
const END_THE_FAMILY =
  "Recognise a used refresh token, and end all tokens that came of the same login: the user and a thief have it, and nobody can tell who came first.";

// oxfmt-ignore
const BAD: [name: string, what: string, value: unknown][] = [
  ["unknown", "a refresh token that nobody was given", `${"A".repeat(43)}.${"A".repeat(43)}`],
  ["short", "a short text", "x"],
  ["missing", "a request without one", undefined],
  ["empty", "an empty one", ""],
  ["number", "a number", 1],
  ["null", "null", null],
  ["list", "a list", ["x"]],
  ["object", "an object", { length: 87 }],
];
/** A server that remembers the last used tokens, such as ten or twenty, forgets the first one by then. */
const LONGER_THAN_A_LIST = 40;
/** A cookie is always a text. */
const ONLY_IN_JSON = new Set(["number", "null", "list", "object"]);

/** How a target refuses a refresh token; one that claims so refuses all alike. */
async function expectUsualRefusal(probe: Probe, value: unknown): Promise<void> {
  const pair = await beginFamily(probe);
  const seen = await expectNoPair(probe, pair, value);
  if (!probe.target.claims.has("uniform-errors")) return;
  const usual = await expectNoPair(probe, pair, "abc.def");
  const shown = [seen, usual].map((answer) => [answer.status, stableFields(answer), answer.body]);
  expectEqual(shown[0], shown[1], "the refusal");
}

export const refreshCases: Case[] = [
  {
    id: "refresh.gives-pair",
    title: "answers a refresh token with a new one and a token that every door accepts",
    source: "RFC 6749 §6",
    needs: ["refresh"],
    run: async (probe) => {
      const first = await beginFamily(probe);
      const second = await refresh(probe, first);
      expectThat(second.refreshToken !== first.refreshToken, "another refresh token", "the same");
      await expectAccepted(probe, second.token);
      await refresh(probe, second);
    },
  },
  {
    id: "refresh.same-user",
    title: "gives a token of the same user, with an expiry of its own",
    source: "RFC 6749 §6",
    needs: ["refresh", "data-claim"],
    run: async (probe) => {
      const first = await beginFamily(probe);
      const second = await refresh(probe, first);
      const [before, after] = [first, second].map(
        ({ token }) => takeApart(token, probe.nowSeconds).claims,
      );
      expectEqual(after!["data"], before!["data"], "data");
      expectThat(Number(after!["exp"]) >= Number(before!["exp"]), "a later exp", after!["exp"]);
    },
  },
  {
    id: "refresh.used-refused",
    title: "refuses a refresh token that was used as it refuses any other",
    source: ROTATION,
    needs: ["refresh"],
    run: async (probe) => {
      const first = await beginFamily(probe);
      await refresh(probe, first);
      await expectUsualRefusal(probe, first.refreshToken);
    },
  },
  {
    id: "refresh.used-ends-family",
    title:
      "refuses the newest refresh token too, after a used one of the same login has come again",
    source: ROTATION,
    needs: ["refresh"],
    remedy: END_THE_FAMILY,
    run: async (probe) => {
      const first = await beginFamily(probe);
      const second = await refresh(probe, first);
      await showRefreshToken(probe, first, first.refreshToken);
      await expectNoPair(probe, second, second.refreshToken);
    },
  },
  {
    id: "refresh.used-ends-login",
    title: "ends the access token and the sockets of that login, too",
    source: "RFC 7009 §2.1",
    needs: ["refresh", "revocation", "gives-token"],
    remedy: "When a used refresh token comes again, do what a logout of its login does.",
    run: async (probe) => {
      const first = await beginFamily(probe);
      const { token } = await refresh(probe, first);
      const connection = await connect(probe, { token });
      await showRefreshToken(probe, first, first.refreshToken);
      await expectEnded(connection);
      await expectRefusedEverywhere(probe, token);
    },
  },
  {
    id: "refresh.older-ends-family",
    title: "recognises a used refresh token also when many others have come after it",
    source: ROTATION,
    needs: ["refresh"],
    remedy: END_THE_FAMILY,
    run: async (probe) => {
      const first = await beginFamily(probe);
      let last = first;
      for (let times = 0; times < LONGER_THAN_A_LIST; times += 1) last = await refresh(probe, last);
      await showRefreshToken(probe, first, first.refreshToken);
      await expectNoPair(probe, last, last.refreshToken);
    },
  },
  {
    id: "refresh.race",
    title: "lets exactly one of several requests win that bring the same refresh token at once",
    source: ROTATION,
    needs: ["refresh"],
    remedy: "Compare the token and replace it in one step.",
    run: async (probe) => {
      const first = await beginFamily(probe);
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => showRefreshToken(probe, first, first.refreshToken)),
      );
      const winners = answers.filter((answer) => givesPair(probe, answer));
      expectThat(winners.length === 1, "one new pair", `${winners.length}`);
    },
  },
  {
    id: "refresh.other-login",
    title: "leaves another login of the same user as it is when a family ends",
    source: ROTATION,
    needs: ["refresh"],
    run: async (probe) => {
      const other = await beginFamily(probe);
      const first = await beginFamily(probe);
      await refresh(probe, first);
      await expectNoPair(probe, first, first.refreshToken);
      await refresh(probe, other);
    },
  },
  ...BAD.map(([name, what, value]): Case => ({
    id: `refresh.${name}`,
    title: `refuses ${what} as it refuses any other`,
    source: ERRORS,
    needs: ONLY_IN_JSON.has(name) ? ["refresh", "login"] : ["refresh"],
    run: (probe) => expectUsualRefusal(probe, value),
  })),
  {
    id: "refresh.access-token",
    title: "refuses an access token as a refresh token",
    source: ERRORS,
    needs: ["refresh"],
    run: async (probe) => expectUsualRefusal(probe, (await beginFamily(probe)).token),
  },
  {
    id: "refresh.not-access",
    title: "refuses a refresh token as an access token, at every door",
    source: "RFC 6749 §1.5",
    needs: ["refresh", "checks-token"],
    run: async (probe) => expectRefusedEverywhere(probe, (await beginFamily(probe)).refreshToken),
  },
  {
    id: "refresh.query",
    title: "takes no refresh token out of the query, where logs and histories keep it",
    source: "RFC 6749 §10.4",
    needs: ["refresh"],
    run: async (probe) => {
      const { name, refreshToken } = await beginFamily(probe);
      const path = `${probe.target.refreshPath}?${name}=${encodeURIComponent(refreshToken)}`;
      for (const method of ["GET", "POST"]) {
        const answer = await sendRequest(probe, { method, path });
        expectThat(!givesPair(probe, answer), "no new pair", describeResponse(answer));
      }
    },
  },
  {
    id: "refresh.no-store",
    title: "forbids caches to keep the new pair, or a refusal",
    source: "RFC 6749 §5.1",
    needs: ["refresh"],
    run: async (probe) => {
      const { answer: first, ...pair } = await refresh(probe, await beginFamily(probe));
      const refusal = await expectNoPair(probe, { ...pair, answer: first }, "abc.def");
      for (const { headers } of [first, refusal]) {
        const seen = headers["cache-control"] ?? "no Cache-Control";
        expectThat(/no-store/.test(seen), "Cache-Control: no-store", seen);
      }
    },
  },
  {
    id: "refresh.login-refused",
    title: "gives no refresh token for a wrong password",
    source: ERRORS,
    needs: ["refresh"],
    run: async (probe) => {
      const answer = await postLogin(probe, loginBody(probe.target, { password: "wrong" }));
      expectThat(!givesPair(probe, answer), "no refresh token", describeResponse(answer));
    },
  },
];
