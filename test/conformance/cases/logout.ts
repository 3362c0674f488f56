// Logging out: what is refused and what ends afterwards, and what is neither.
import type { Case } from "../case.ts";
import { connect, leave, settle } from "../connection.ts";
import { expectThat } from "../expectation.ts";
import { expectEnded, logOut, newLogin, postLogout } from "../logout.ts";
import { takeApart } from "../mint.ts";
import { cookiePlaceOf } from "../place.ts";
import { mintToken, type Probe } from "../probe.ts";
import { describeResponse } from "../raw-http.ts";
import type { Capability } from "../target.ts";
import { expectAccepted, expectRefusedEverywhere } from "../verdicts.ts";

const SOURCE = "RFC 7009 §2.1";
const TOGETHER =
  "https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html#session-expiration";
const CSRF =
  "https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html";
const ASK_A_LIST =
  "Store the revoked login until its last token has expired, and look it up wherever a token is verified.";
const EVERYWHERE = { everywhere: true };

function logoutCase(
  name: string,
  title: string,
  run: Case["run"],
  { needs = [], ...rest }: { needs?: Capability[]; source?: string; remedy?: string } = {},
): Case {
  const usual: Capability[] = ["revocation", "gives-token"];
  return { id: `logout.${name}`, title, source: SOURCE, needs: [...usual, ...needs], run, ...rest };
}

/** A socket on each transport. */
function connectOnEach(probe: Probe, token: string) {
  const offered = (["polling", "websocket"] as const).filter((one) => probe.target.claims.has(one));
  return Promise.all(offered.map((transport) => connect(probe, { transport, token })));
}

async function expectRefusal(probe: Probe, token: string | undefined): Promise<void> {
  const answer = await postLogout(probe, token);
  expectThat(answer.status === 401, "401", describeResponse(answer));
}

const one: Case[] = [
  logoutCase(
    "token-refused",
    "refuses the token at every door afterwards, and goes on doing so",
    async (probe) => {
      const token = await newLogin(probe);
      await expectAccepted(probe, token);
      await logOut(probe, token);
      await expectRefusedEverywhere(probe, token);
      await logOut(probe, await newLogin(probe));
      await expectRefusedEverywhere(probe, token);
    },
    { remedy: ASK_A_LIST },
  ),
  logoutCase(
    "sockets-end",
    "ends the sockets of that login on every transport, and tells each before with loggedOut",
    async (probe) => {
      const token = await newLogin(probe);
      const connections = await connectOnEach(probe, token);
      await logOut(probe, token);
      for (const connection of connections) {
        await expectEnded(connection);
        const isTold = connection.session.inbox.some((packet) =>
          packet.startsWith('42["loggedOut"'),
        );
        expectThat(isTold, "the event loggedOut before the end", "none");
      }
    },
    {
      source: TOGETHER,
      remedy:
        "Let each socket join a room of its login, and call disconnectSockets(true) on that room.",
    },
  ),
  logoutCase(
    "other-login-stays",
    "leaves another login of the same user alone: its token and its sockets",
    async (probe) => {
      const [token, other] = [await newLogin(probe), await newLogin(probe)];
      const connections = await connectOnEach(probe, other);
      await logOut(probe, token);
      await Promise.all(connections.map(settle));
      await expectAccepted(probe, other);
    },
  ),
  logoutCase(
    "by-token-alone",
    "ends what the token says, not what the body names",
    async (probe) => {
      const [token, other] = [await newLogin(probe), await newLogin(probe)];
      const { sid, jti } = takeApart(other, probe.nowSeconds).claims;
      const connection = await connect(probe, { token: other });
      await postLogout(probe, token, { body: { sid, jti } });
      await expectAccepted(probe, other);
      await settle(connection);
    },
  ),
  logoutCase(
    "twice",
    "answers 401 to a second logout with the same token, and without a token",
    async (probe) => {
      const token = await newLogin(probe);
      await expectRefusal(probe, undefined);
      await logOut(probe, token);
      await expectRefusal(probe, token);
    },
  ),
  ...(
    [
      ["unnamed", "a token that does not say to which login it belongs", {}],
      ["undated", "a token that does not say when it was issued, either", { iat: undefined }],
    ] as const
  ).map(([name, what, changes]) =>
    logoutCase(
      name,
      `ends ${what}, and its sockets`,
      async (probe) => {
        const token = mintToken(probe, undefined, changes);
        const connection = await connect(probe, { token });
        await logOut(probe, token);
        await expectEnded(connection);
        await expectRefusedEverywhere(probe, token);
      },
      { needs: ["mint"], remedy: "Where the login is not named, end all of the user's." },
    ),
  ),
];

const everywhere: Case[] = [
  logoutCase(
    "everywhere",
    "with everywhere, ends all logins of the user: their tokens and their sockets",
    async (probe) => {
      const tokens = [await newLogin(probe), await newLogin(probe)];
      const connections = await Promise.all(tokens.map((token) => connectOnEach(probe, token)));
      await logOut(probe, tokens[0]!, EVERYWHERE);
      for (const connection of connections.flat()) await expectEnded(connection);
      for (const token of tokens) await expectRefusedEverywhere(probe, token);
    },
    { remedy: "Store when the user logged out everywhere, and refuse what was issued before." },
  ),
  logoutCase(
    "other-user-stays",
    "with everywhere, leaves other users alone: their tokens and their sockets",
    async (probe) => {
      const other = mintToken(probe);
      const connections = await connectOnEach(probe, other);
      await logOut(probe, await newLogin(probe), EVERYWHERE);
      await Promise.all(connections.map(settle));
      await expectAccepted(probe, other);
    },
    { needs: ["mint"] },
  ),
  logoutCase(
    "same-second",
    "with everywhere, ends each login of that second, and none that follows it",
    async (probe) => {
      // More rounds than one: a second may be over in the middle of it.
      let token = await newLogin(probe);
      for (let round = 0; round < 3; round += 1) {
        await logOut(probe, token, EVERYWHERE);
        await expectRefusedEverywhere(probe, token);
        token = await newLogin(probe);
        await expectAccepted(probe, token);
      }
    },
    {
      remedy:
        "iat counts whole seconds: refuse all of the second of the logout, and date the tokens that follow a second later.",
    },
  ),
  logoutCase(
    "everywhere-nearly",
    "takes an everywhere that is nearly true for a mistake or for true, never for one login alone",
    async (probe) => {
      const [token, other] = [await newLogin(probe), await newLogin(probe)];
      const { status } = await postLogout(probe, token, { body: { everywhere: "true" } });
      if (status < 400) await expectRefusedEverywhere(probe, other);
      else await expectAccepted(probe, token);
    },
  ),
];

const cookie: Case[] = [
  logoutCase(
    "foreign-origin",
    "logs nobody out for a page of another origin, to whose requests the browser adds the cookie",
    async (probe) => {
      const token = await newLogin(probe);
      for (const Origin of ["https://example.org", "http://127.0.0.1:9", "null"]) {
        const { status } = await postLogout(probe, token, { headers: { Origin } });
        expectThat(status >= 400 && status < 500, `a refusal for the Origin ${Origin}`, status);
      }
      await expectAccepted(probe, token);
      const { url } = probe.target;
      const answer = await postLogout(probe, token, { headers: { Origin: url } });
      expectThat(answer.status < 300, "success for its own page", describeResponse(answer));
    },
    { needs: ["self-cookie", "checks-origin"], source: CSRF },
  ),
  logoutCase(
    "cookie-deleted",
    "deletes the cookie",
    async (probe) => {
      const { headers } = await logOut(probe, await newLogin(probe));
      const { name } = cookiePlaceOf(probe.target);
      const all = headers["set-cookie"] ?? [];
      const set = all.find((each) => each.startsWith(`${name}=`)) ?? "none";
      const [, age] = /;\s*max-age=(-?\d+)/i.exec(set) ?? [];
      const [, date] = /;\s*expires=([^;]+)/i.exec(set) ?? [];
      // Max-Age goes before Expires (RFC 6265 §5.3); without either the cookie stays.
      const isPast = age === undefined ? Date.parse(date ?? "") <= Date.now() : Number(age) <= 0;
      expectThat(isPast, "a Set-Cookie that deletes", set);
    },
    { needs: ["login-cookie"], source: "RFC 6265 §3.1" },
  ),
];

const session = logoutCase(
  "open-session",
  "connects no further socket on a session that the token has opened before",
  async (probe) => {
    const token = await newLogin(probe);
    const connection = await connect(probe, { token });
    await leave(connection);
    await logOut(probe, token);
    await connection.session.send("40");
    const answer = await connection.session.next("4").catch(() => "the session has ended");
    expectThat(!answer.startsWith("40"), "CONNECT_ERROR, or the end", answer);
  },
  {
    needs: ["checks-handshake"],
    remedy:
      "Ask the list in the middleware of each namespace as well: the handshake is over by then.",
  },
);

export const logoutCases: Case[] = [...one, ...everywhere, ...cookie, session];
