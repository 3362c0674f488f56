// What a login reveals and gives: no more than it must, a token that the server itself accepts, and nothing to somebody who guesses.
import { isAlike } from "../alike.ts";
import type { Case } from "../case.ts";
import { expectEqual, expectThat, show } from "../expectation.ts";
import { logIn, postWrong } from "../login.ts";
import { type NearMiss, nearMisses } from "../near-miss.ts";
import type { Probe } from "../probe.ts";
import { describeResponse } from "../raw-http.ts";
import type { Capability } from "../target.ts";
import { expectAccepted, stableFields } from "../verdicts.ts";

const ENUMERATION =
  "https://cheatsheetseries.owasp.org/cheatsheets/Authentication_Cheat_Sheet.html";
const [SHORTEST_SECONDS, LONGEST_SECONDS] = [60, 31 * 24 * 3600];
const SECRET_NAME = /^(password|passwd|pwd|secret|hash|passwordHash|password_hash|salt)$/i;

const REFUSAL = "a status from 400 to 499";

function isRefusal(status: number): boolean {
  return status >= 400 && status < 500;
}

/** Servers may accept a user name, such as a mail address, with any capitals and with spaces around it. */
function isSameName(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

type Field = "username" | "password";

// oxfmt-ignore
const NEARLY: [name: string, field: Field, needs: Capability[], isAbout: (text: string, right: string) => boolean][] = [
  ["password-near-miss", "password", [], () => true],
  ["username-near-miss", "username", [], (text, right) => !isSameName(text, right)],
  ["username-exact", "username", ["exact-names"], isSameName],
];

/** The report names the change: the text itself reveals nearly all of a password, and the answer may repeat it. */
async function refuseNearMiss(probe: Probe, field: Field, { how, text }: NearMiss): Promise<void> {
  const sent = `the ${field} ${how}`;
  probe.note(`POST ${probe.target.loginPath}, ${sent}`);
  const unseen: Probe = { ...probe, note: () => undefined };
  const { status } = await postWrong(unseen, { [field]: text });
  probe.note(`  → ${status}`);
  expectThat(isRefusal(status), REFUSAL, `${status} for ${sent}`);
}

const nearly = NEARLY.map(([name, field, needs, isAbout]): Case => ({
  id: `http.login-${name}`,
  title: `refuses each ${field} that is nearly the right one`,
  source: "RFC 9110 §15.5.2",
  needs: ["login", ...needs],
  remedy: "Compare it for equality: the whole text, with its capitals and spaces.",
  run: async (probe) => {
    const right = probe.target.credentials?.[field] ?? "";
    for (const nearMiss of nearMisses(right)) {
      // Two ways to write the same characters are equal (RFC 8265 §3.3, §4.2).
      const isEqual = nearMiss.text.normalize() === right.normalize();
      if (!isEqual && isAbout(nearMiss.text, right)) await refuseNearMiss(probe, field, nearMiss);
    }
  },
}));

/** Names at any depth. */
function namesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...namesIn(inner)]);
}

export const loginGivesCases: Case[] = [
  ...nearly,
  {
    id: "http.login-tells-no-user",
    title: "answers an unknown user as it answers a wrong password",
    source: ENUMERATION,
    needs: ["login"],
    remedy: "Answer both alike, in status, header fields and body, and after the same work.",
    run: async (probe) => {
      const refuse = async (changes: object): Promise<string> => {
        const answer = await postWrong(probe, changes);
        const { status, reason, body } = answer;
        expectThat(isRefusal(status), REFUSAL, describeResponse(answer));
        const fields = stableFields(answer).map((field) => field.join(": "));
        return [`${status} ${reason}`, ...fields, body].join("\n");
      };
      const before = await refuse({ password: "wrong" });
      const unknown = await refuse({ username: "nobody" });
      const after = await refuse({ password: "wrong" });
      expectThat(isAlike(unknown, before, after), `the answer ${show(before)}`, show(unknown));
    },
  },
  {
    id: "http.login-token-lifetime",
    title: "gives out a token that lasts a minute or more, and a month or less",
    source: "RFC 7519 §2, NumericDate",
    needs: ["login"],
    remedy: "exp counts seconds, and a lifetime as a text without a unit may count milliseconds.",
    run: async (probe) => {
      const { claims } = await logIn(probe);
      const seconds = Number(claims["exp"]) - probe.nowSeconds;
      const isUsual = seconds >= SHORTEST_SECONDS - 1 && seconds <= LONGEST_SECONDS + 1;
      expectThat(isUsual, "from 60 seconds to 31 days", `${seconds} seconds`);
    },
  },
  {
    id: "http.login-token-opens-doors",
    title: "accepts everywhere the token that the login gave",
    source: "RFC 7519 §7.2",
    needs: ["login", "checks-token"],
    run: async (probe) => {
      const { token } = await logIn(probe);
      await expectAccepted(probe, token);
    },
  },
  {
    id: "http.login-gives-no-secret",
    title: "gives out neither the password nor what is made of it, in the token or beside it",
    source: "RFC 7519 §12",
    needs: ["login"],
    remedy:
      "Choose what goes into the token and the answer, field by field: never the whole record of a user.",
    run: async (probe) => {
      const { answer, claims } = await logIn(probe);
      const beside = JSON.parse(answer.body) as unknown;
      const names = [...namesIn(claims), ...namesIn(beside)].filter((name) =>
        SECRET_NAME.test(name),
      );
      expectEqual(names, [], "fields");
      const password = probe.target.credentials?.password || undefined;
      const isTold = password !== undefined && JSON.stringify([claims, beside]).includes(password);
      expectThat(!isTold, "no password in the answer", "the password");
    },
  },
];
