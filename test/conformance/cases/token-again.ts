// A credential that was good: what a server remembers of it must not outlive it, and must not let another one in.
import { useBriefly } from "../brief-token.ts";
import type { Case } from "../case.ts";
import { connect, goodToken, openAuthorized } from "../connection.ts";
import { expectThat } from "../expectation.ts";
import { encode, takeApart } from "../mint.ts";
import type { Session } from "../raw-engine.ts";
import { expectAccepted, expectRefusedEverywhere } from "../verdicts.ts";

const REMEMBER_NOTHING =
  "Verify the whole token each time. If you remember verdicts, do so by the whole token, and no longer than to its exp.";
const USUAL_NAMESPACES = ["/admin", "/chat", "/users", "/rooms", "/private", "/notifications"];

/** What somebody can make of a token that has just been accepted. */
function forgeriesOf(token: string, nowSeconds: number): string[] {
  const { parts, claims } = takeApart(token, nowSeconds);
  const [header, payload, signature] = parts;
  const others = encode({ ...claims, sub: "admin", data: { id: 1, username: "admin" } });
  const flipped = signature.startsWith("A") ? `B${signature.slice(1)}` : `A${signature.slice(1)}`;
  return [
    `${header}.${payload}.${flipped}`,
    `${header}.${payload}.${signature.slice(0, 20)}`,
    `${header}.${payload}.`,
    `${header}.${others}.${signature}`,
    `${encode({ alg: "none" })}.${payload}.${signature}`,
    `${encode({ alg: "none" })}.${others}.`,
  ];
}

async function askFor(session: Session, namespace: string): Promise<string> {
  await session.send(`40${namespace},`);
  return session.next("4");
}

export const tokenAgainCases: Case[] = [
  {
    id: "token.again-after-expiry",
    title: "refuses a token that it has accepted before, once that has expired",
    source: "RFC 7519 §4.1.4",
    needs: ["mint", "checks-token", "no-leeway"],
    remedy: REMEMBER_NOTHING,
    run: async (probe) => {
      const { token } = await useBriefly(probe, (brief) => expectAccepted(probe, brief));
      await expectRefusedEverywhere(probe, token);
    },
  },
  {
    id: "token.again-forged",
    title: "refuses what is made out of a token that it has just accepted",
    source: "RFC 7515 §5.2",
    needs: ["checks-token"],
    remedy: REMEMBER_NOTHING,
    run: async (probe) => {
      const token = await goodToken(probe);
      await expectAccepted(probe, token);
      for (const forgery of forgeriesOf(token, probe.nowSeconds))
        await expectRefusedEverywhere(probe, forgery);
    },
  },
  {
    id: "handshake.namespaces-after-expiry",
    title: "connects nobody to another namespace on a session whose token has expired",
    source: "RFC 7519 §4.1.4",
    needs: ["checks-handshake", "mint", "no-leeway", "ends-with-token"],
    remedy: "Guard each namespace as the main one: a middleware of one is none of another.",
    run: async (probe) => {
      const { used: session } = await useBriefly(probe, (token) =>
        openAuthorized(probe, { token }),
      );
      for (const namespace of [...USUAL_NAMESPACES, ...probe.target.namespaces]) {
        const answer = await askFor(session, namespace);
        expectThat(answer.startsWith("44"), `CONNECT_ERROR from ${namespace}`, answer);
      }
    },
  },
  {
    id: "handshake.recovery-needs-token",
    title: "recovers the session of nobody who does not bring the token for it",
    source: "https://socket.io/docs/v4/connection-state-recovery",
    needs: ["websocket", "whoami", "user-rooms", "mint", "data-claim"],
    remedy:
      "Leave connectionStateRecovery out, or set skipMiddlewares to false: with it a recovered socket passes no middleware.",
    run: async (probe) => {
      const user = probe.newUser();
      const first = await connect(probe, { user });
      await first.ask("sendNote", user.id, "hello");
      const note = await first.session.next('42["note"');
      // Where recovery is on, each event has one more argument at its end.
      const offset = String((JSON.parse(note.slice(2)) as unknown[]).at(-1));
      const pid = first.privateId ?? first.socketId;
      first.session.cut();
      const other = probe.newUser();
      const again = await connect(probe, { user: other, auth: { pid, offset } });
      const answer = JSON.stringify(await again.ask("whoami"));
      expectThat(answer === JSON.stringify(other), `the user ${other.username}`, answer);
    },
  },
];
