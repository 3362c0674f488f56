// Logging out ends what the user has in the namespace of the moderators, too.
import { randomUUID } from "node:crypto";
import type { Case } from "../case.ts";
import { connectOn, openAuthorized, placeToken } from "../connection.ts";
import { expectThat } from "../expectation.ts";
import { expectEnded, logOut } from "../logout.ts";
import { mintToken } from "../probe.ts";

const NAMESPACE = "/moderation";

export const logoutNamespaceCases: Case[] = [
  ["logout.namespace", "the login", {}] as const,
  ["logout.namespace-everywhere", "all logins of the user", { everywhere: true }] as const,
].map(([id, what, body]) => ({
  id,
  title: `ends the sockets that ${what} has in another namespace alone, and connects no further one there`,
  source: "https://socket.io/docs/v4/namespaces/",
  needs: ["revocation", "rights", "mint", "data-claim"],
  remedy: "Rooms belong to one namespace: end the room in each.",
  run: async (probe) => {
    const token = mintToken(probe, undefined, { scope: "moderation", sid: randomUUID() });
    const { auth } = placeToken(probe.target, token);
    // The second session has no socket when the user logs out.
    const [used, unused] = [
      await openAuthorized(probe, { token }),
      await openAuthorized(probe, { token }),
    ];
    const connection = await connectOn(used, auth, NAMESPACE);
    await logOut(probe, token, body);
    await expectEnded(connection, NAMESPACE);
    await unused.send(`40${NAMESPACE},${JSON.stringify(auth)}`);
    const answer = await unused.next("4").catch(() => "the session has ended");
    expectThat(!answer.startsWith("40"), `CONNECT_ERROR from ${NAMESPACE}, or the end`, answer);
  },
}));
