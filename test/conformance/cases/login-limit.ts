// A limit for guessing: many wrong passwords for one user name end in 429, and nobody else has to wait.
import { randomUUID } from "node:crypto";
import type { Case } from "../case.ts";
import { expectThat } from "../expectation.ts";
import { expectErrorBody, loginBody, postCredentials } from "../login.ts";
import type { Probe } from "../probe.ts";
import { describeResponse, type Headers, type RawResponse, sendRequest } from "../raw-http.ts";

const THROTTLING = "NIST SP 800-63B-4 §3.2.2";
const STATUS = "RFC 6585 §4";
/** What NIST allows for one account. */
const MOST_GUESSES = 100;

/** An answer with 429 is one here, and no obstacle. */
function guess(probe: Probe, username: string, headers: Headers = {}): Promise<RawResponse> {
  return sendRequest(probe, {
    method: "POST",
    path: probe.target.loginPath,
    headers: { "Content-Type": "application/json", ...headers },
    body: loginBody(probe.target, { username, password: "wrong" }),
    mayBeLimited: true,
  });
}

/** A name that nobody has guessed at, in an earlier run either: a user who does not exist, so that the right one can log in. */
function newName(): string {
  return `nobody-${randomUUID()}`;
}

/** A name that must wait, and how many guesses it had. */
async function limitName(probe: Probe): Promise<{ name: string; guesses: number }> {
  const { memory } = probe;
  const [known, count] = [memory.get("limited name"), memory.get("guesses of a name")];
  if (known !== undefined) return { name: known, guesses: Number(count) };
  const name = newName();
  for (let guesses = 0; guesses <= MOST_GUESSES; guesses += 1) {
    const { status } = await guess(probe, name);
    if (status !== 429) continue;
    memory.set("limited name", name).set("guesses of a name", String(guesses));
    return { name, guesses };
  }
  const expected = `429 after at most ${MOST_GUESSES} wrong passwords`;
  expectThat(false, expected, `${MOST_GUESSES + 1} answers without it`);
}

function expectLimit(answer: RawResponse): void {
  expectThat(answer.status === 429, "429 for a name that must wait", describeResponse(answer));
}

const caseOf = (
  [name, title, source, remedy]: [string, string, string, string],
  run: Case["run"],
): Case => ({
  id: `http.login-limit-${name}`,
  title,
  source,
  needs: ["login", "login-limit"],
  remedy,
  run,
});

export const loginLimitCases: Case[] = [
  caseOf(
    [
      "answer",
      "answers 429 to a user name after many wrong passwords, and says when to try again",
      `${STATUS}; RFC 9110 §10.2.3`,
      "Count wrong passwords for each name and address, also for names that do not exist; send Retry-After in whole seconds.",
    ],
    async (probe) => {
      const answer = await guess(probe, (await limitName(probe)).name);
      expectLimit(answer);
      const wait = answer.headers["retry-after"] ?? "no Retry-After";
      const isTime = /^\d+$/.test(wait) || new Date(wait).toUTCString() === wait;
      expectThat(isTime, "Retry-After in whole seconds, or a date", wait);
      expectErrorBody(probe, answer);
    },
  ),
  caseOf(
    [
      "other-name",
      "lets other users in from an address where one must wait",
      THROTTLING,
      "Count for each name and address together, and only with a much higher limit for the address.",
    ],
    async (probe) => {
      await limitName(probe);
      const { status } = await guess(probe, newName());
      expectThat(status !== 429, "an answer to another name", String(status));
      await postCredentials(probe);
    },
  ),
  caseOf(
    [
      "at-once",
      `compares no more of ${MOST_GUESSES} guesses at once than of those that come one by one`,
      "CWE-362",
      "Count each login as failed before the password is compared, and take it back if it succeeds.",
    ],
    async (probe) => {
      const { guesses } = await limitName(probe);
      const username = newName();
      const all = Array.from({ length: MOST_GUESSES }, () => guess(probe, username));
      const compared = (await Promise.all(all)).filter(({ status }) => status !== 429).length;
      expectThat(compared <= guesses, `at most ${guesses} compared`, `${compared} compared`);
    },
  ),
  caseOf(
    [
      "forgives",
      "counts from the start again once a login has succeeded",
      THROTTLING,
      "Only failures in a row count: forget them when the right password comes.",
    ],
    async (probe) => {
      const { guesses } = await limitName(probe);
      // Together more than a name has, and each time fewer.
      const some = Math.floor(guesses / 2) + 1;
      const username = probe.target.credentials?.username ?? "";
      for (const round of ["first", "second"]) {
        for (let count = 0; count < some; count += 1) {
          const { status } = await guess(probe, username);
          expectThat(status !== 429, `${some} guesses the ${round} time`, `429 after ${count}`);
        }
        await postCredentials(probe);
      }
    },
  ),
  caseOf(
    [
      "forwarded",
      "believes no header that says where a guess comes from",
      "CWE-348",
      "Take the address of the connection, and the header of a proxy only if the connection comes from that proxy.",
    ],
    async (probe) => {
      const { name } = await limitName(probe);
      const address = "203.0.113.7";
      const headers = { "X-Forwarded-For": address, "X-Real-IP": address };
      expectLimit(await guess(probe, name, { ...headers, Forwarded: `for=${address}` }));
    },
  ),
];
