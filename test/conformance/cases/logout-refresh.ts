// Logging out where a login gives a refresh token as well: otherwise the client that has it comes back.
import type { Case } from "../case.ts";
import { expectThat } from "../expectation.ts";
import { logOut } from "../logout.ts";
import type { Probe } from "../probe.ts";
import { beginFamily, expectNoPair, type Pair, refresh } from "../refresh-tokens.ts";

const SOURCE = "RFC 7009 §2.1";
const NEEDS: Case["needs"] = ["revocation", "gives-token", "refresh"];

async function expectEnded(probe: Probe, pair: Pair): Promise<void> {
  await expectNoPair(probe, pair, pair.refreshToken);
}

export const logoutRefreshCases: Case[] = [
  {
    id: "logout.refresh-ends",
    title: "refuses the refresh token of that login afterwards, and not that of another login",
    source: SOURCE,
    needs: NEEDS,
    remedy: "Store with a refresh token to which login it belongs, and end it with the login.",
    run: async (probe) => {
      const [first, other] = [await beginFamily(probe), await beginFamily(probe)];
      // The login is meant, and not only the token that is shown: this one came with a refresh.
      const pair = await refresh(probe, first);
      await logOut(probe, pair.token);
      await expectEnded(probe, pair);
      await refresh(probe, other);
    },
  },
  {
    id: "logout.refresh-ends-everywhere",
    title: "with everywhere, refuses the refresh tokens of all logins of the user",
    source: SOURCE,
    needs: NEEDS,
    run: async (probe) => {
      const [pair, other] = [await beginFamily(probe), await beginFamily(probe)];
      await logOut(probe, pair.token, { everywhere: true });
      await expectEnded(probe, pair);
      await expectEnded(probe, other);
    },
  },
  {
    id: "logout.refresh-cookie-deleted",
    title: "deletes the cookie with the refresh token",
    source: "RFC 6265 §3.1",
    needs: [...NEEDS, "login-cookie"],
    run: async (probe) => {
      const { token, name } = await beginFamily(probe);
      const { headers } = await logOut(probe, token);
      const set = (headers["set-cookie"] ?? []).find((each) => each.startsWith(`${name}=`));
      const isDeleted = /;\s*max-age=0\b|expires=/i.test(set ?? "");
      expectThat(isDeleted, `a Set-Cookie that deletes ${name}`, set ?? "none");
    },
  },
];
