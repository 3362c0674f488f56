// The token in a cookie: from which cookie it is taken, and how it is refused, at every door.
import type { Case } from "../case.ts";
import { bearerHeader, goodToken } from "../connection.ts";
import { allDoors, type Brought, type Door, knock, type Verdict } from "../doors.ts";
import { expectEqual, expectThat } from "../expectation.ts";
import { swapCase } from "../near-miss.ts";
import { expectJson, expectNoStack } from "../login.ts";
import { cookiePlaceOf } from "../place.ts";
import type { Probe } from "../probe.ts";
import { expectAlike } from "../verdicts.ts";

const NAMES = "RFC 6265 §5.4";
const ORDER = "RFC 6265 §4.2.2";
const STATUS = "RFC 9110 §15.5.2";

function cookieDoors({ target }: Probe): Door[] {
  return allDoors(target).filter(({ place }) => place?.carrier === "cookie");
}

async function knockEverywhere(probe: Probe, brought: Brought): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const door of cookieDoors(probe)) verdicts.push(await knock(probe, door, brought));
  return verdicts;
}

async function expectRefused(probe: Probe, brought: Brought): Promise<void> {
  for (const { door, isAccepted, answer, response } of await knockEverywhere(probe, brought)) {
    expectThat(!isAccepted, `${door.name} refuses`, answer);
    if (response !== undefined)
      expectThat(response.status === 401, `${door.name} answers 401`, answer);
  }
}

async function expectAccepted(probe: Probe, brought: Brought): Promise<void> {
  for (const { door, isAccepted, answer } of await knockEverywhere(probe, brought))
    expectThat(isAccepted, `${door.name} accepts the cookie`, answer);
}

// oxfmt-ignore
const refused: [name: string, what: string, make: (token: string, name: string) => string | undefined][] = [
  ["missing", "a request without a cookie", () => undefined],
  ["empty", "an empty cookie", (_t, n) => `${n}=`],
  ["no-value", "a cookie that is only a name", (_t, n) => n],
  ["nonsense", "a cookie that is not a token", (_t, n) => `${n}=abc.def.ghi`],
  ["name-before", "a cookie whose name only ends the same", (t, n) => `x${n}=${t}`],
  ["name-longer", "a cookie whose name only begins the same", (t, n) => `${n}x=${t}`],
  ["name-case", "a cookie whose name has other capitals", (t, n) => `${swapCase(n)}=${t}`],
  ["in-value", "the right name in the value of another cookie", (t, n) => `x=${n}=${t}`],
  ["with-scheme", "a cookie with a word before the token", (t, n) => `${n}=bearer ${t}`],
  ["behind-token", "a cookie with more behind the token", (t, n) => `${n}=${t}.${t}`],
];

const refusals = refused.map(([name, what, make]): Case => ({
  id: `cookie.${name}`,
  title: `refuses ${what} at every door, with 401`,
  source: NAMES,
  needs: ["cookie"],
  run: async (probe) => {
    const cookie = make(await goodToken(probe), cookiePlaceOf(probe.target).name);
    await expectRefused(probe, { headers: cookie === undefined ? {} : { Cookie: cookie } });
  },
}));

const accepted: Case[] = (
  [
    ["first", "before others", (cookie) => `${cookie}; lang=en; theme=dark`],
    ["last", "after others", (cookie) => `lang=en; theme=dark; ${cookie}`],
  ] satisfies [string, string, (cookie: string) => string][]
).map(([name, what, make]) => ({
  id: `cookie.${name}-of-several`,
  title: `accepts at every door the cookie that stands ${what}`,
  source: NAMES,
  needs: ["cookie"],
  run: async (probe) => {
    const cookie = `${cookiePlaceOf(probe.target).name}=${await goodToken(probe)}`;
    await expectAccepted(probe, { headers: { Cookie: make(cookie) } });
  },
}));

export const cookieCases: Case[] = [
  ...refusals,
  ...accepted,
  {
    id: "cookie.two-of-a-name",
    title: "judges two cookies of one name alike, in whichever order they come",
    source: ORDER,
    needs: ["cookie"],
    remedy:
      "Refuse two cookies of one name: a page of another port or of a subdomain can set the second, and a browser may send it first.",
    run: async (probe) => {
      const { name } = cookiePlaceOf(probe.target);
      const pair = [`${name}=${await goodToken(probe)}`, `${name}=abc.def.ghi`];
      const there = await knockEverywhere(probe, { headers: { Cookie: pair.join("; ") } });
      const back = await knockEverywhere(probe, {
        headers: { Cookie: pair.toReversed().join("; ") },
      });
      for (const [at, { door, isAccepted, answer }] of there.entries())
        expectThat(
          isAccepted === back[at]?.isAccepted,
          `${door.name} does not go by the order`,
          answer,
        );
    },
  },
  {
    id: "cookie.header-ignored",
    title: "refuses a good token in the header when there is no cookie",
    source: "RFC 6750 §2",
    needs: ["cookie-only"],
    run: async (probe) =>
      expectRefused(probe, { headers: bearerHeader(probe.target, await goodToken(probe)) }),
  },
  {
    id: "cookie.bad-header-ignored",
    title: "accepts a good cookie beside a bad token in the header",
    source: "RFC 6750 §2",
    needs: ["cookie-only"],
    run: async (probe) => {
      const Cookie = `${cookiePlaceOf(probe.target).name}=${await goodToken(probe)}`;
      const headers = { Cookie, ...bearerHeader(probe.target, "abc.def.ghi") };
      await expectAccepted(probe, { headers });
    },
  },
  {
    id: "cookie.query-ignored",
    title: "refuses a good token in the query when there is no cookie",
    source: "RFC 6750 §5.3",
    needs: ["cookie", "no-query"],
    run: async (probe) =>
      expectRefused(probe, {
        query: `${cookiePlaceOf(probe.target).name}=${await goodToken(probe)}`,
      }),
  },
  {
    id: "cookie.refusal-alike",
    title: "refuses alike at every door, with JSON and without a stack",
    source: STATUS,
    needs: ["cookie", "checks-handshake", "uniform-errors"],
    run: async (probe) => {
      const Cookie = `${cookiePlaceOf(probe.target).name}=abc.def.ghi`;
      const verdicts = await knockEverywhere(probe, { headers: { Cookie } });
      for (const { response } of verdicts) {
        if (response === undefined) continue;
        expectJson(response);
        expectNoStack(response);
      }
      expectAlike(probe, verdicts);
    },
  },
  {
    id: "cookie.refusal-no-store",
    title: "forbids caches at every door to keep a refusal",
    source: "RFC 9111 §5.2.2.5",
    needs: ["cookie", "checks-handshake", "no-store"],
    run: async (probe) => {
      for (const { door, response } of await knockEverywhere(probe, {}))
        expectEqual(response?.headers["cache-control"], "no-store", `${door.name}: Cache-Control:`);
    },
  },
];
