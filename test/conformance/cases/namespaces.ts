// The namespaces that a person has named: middleware of the main namespace does not guard them.
import type { Case } from "../case.ts";
import { openAuthorized, goodToken, placeToken, usualTransport } from "../connection.ts";
import { knock } from "../doors.ts";
import { expectThat } from "../expectation.ts";
import type { Probe } from "../probe.ts";
import type { Session } from "../raw-engine.ts";
import { openSession } from "../raw-session.ts";

/** Undefined where no session opens without a credential: then nobody comes as far as to a namespace. */
async function openWithoutToken(probe: Probe): Promise<Session | undefined> {
  const transport = usualTransport(probe.target);
  const door = { name: transport, kind: "handshake", transport } as const;
  const { isAccepted } = await knock(probe, door, {});
  return isAccepted ? openSession(probe, transport) : undefined;
}

async function askFor(session: Session, namespace: string, auth: object): Promise<string> {
  await session.send(`40${namespace},${JSON.stringify(auth)}`);
  return session.next("4");
}

export const namespaceCases: Case[] = [
  {
    id: "handshake.namespaces-no-token",
    title: "connects nobody to the named namespaces without a good token",
    source: "https://socket.io/docs/v4/middlewares/#registering-a-middleware",
    needs: ["namespaces"],
    run: async (probe) => {
      for (const namespace of probe.target.namespaces)
        for (const auth of [{}, { token: "abc.def.ghi" }]) {
          const session = await openWithoutToken(probe);
          if (session === undefined) return;
          const answer = await askFor(session, namespace, auth);
          expectThat(answer.startsWith("44"), `CONNECT_ERROR from ${namespace}`, answer);
        }
    },
  },
  {
    // One that does not exist refuses everybody, and that would prove nothing.
    id: "handshake.namespaces-exist",
    title: "has the named namespaces, whether they let the bearer of a good token in or not",
    source: "https://socket.io/docs/v4/namespaces/",
    needs: ["namespaces"],
    run: async (probe) => {
      const token = await goodToken(probe);
      const session = await openAuthorized(probe, { token });
      const { auth } = placeToken(probe.target, token);
      for (const namespace of probe.target.namespaces) {
        const answer = await askFor(session, namespace, auth);
        const isMissing = answer.includes("Invalid namespace");
        expectThat(!isMissing, `a namespace ${namespace}`, answer);
      }
    },
  },
];
