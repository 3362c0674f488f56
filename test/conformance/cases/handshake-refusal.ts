// How a handshake is refused: alike at every door, with a challenge, and at any form of the path.
import type { Case } from "../case.ts";
import { bearerHeader, usualTransport } from "../connection.ts";
import { httpDoors, knock, type Verdict } from "../doors.ts";
import { expectEqual, expectThat } from "../expectation.ts";
import { createForge, type Forge } from "../forge.ts";
import { expectJson, expectNoStack } from "../login.ts";
import { signWithSecret } from "../signer.ts";
import { enginePath, handshakeBytes, readOpenPacket } from "../raw-engine.ts";
import { expectGivenUp } from "../raw-half-open.ts";
import { describeResponse, type Headers, sendBytes, sendRequest } from "../raw-http.ts";
import { expectAlike, expectChallenge, expectInvalidToken, expectNoError } from "../verdicts.ts";

const GUIDE = "https://socket.io/how-to/use-with-jwt";
const HTTP_REFUSAL = "RFC 9110 §15.5.2";
const BASIC = "Basic am9objpjaGFuZ2VpdA==";

// oxfmt-ignore
const REFUSED: [name: string, what: string, make: (forge: Forge, bearer: (token: string) => Headers) => Headers][] = [
  ["no-header", "a request without a token", () => ({})],
  ["other-scheme", "another scheme", () => ({ Authorization: BASIC })],
  ["malformed", "a malformed header", (f, bearer) => bearer(`${f.token()} ${f.token()}`)],
  ["nonsense", "what is not a token", (_f, bearer) => bearer("abc.def.ghi")],
  ["expired", "a token that has expired", (f, bearer) => bearer(f.token({ exp: f.now - 600 }))],
  ["signature", "a token signed with another secret", (f, bearer) => bearer(f.mint({ signer: signWithSecret("another secret of at least 32 bytes") }))],
  ["no-object", "a signed payload that is not an object", (f, bearer) => bearer(f.mint({ payload: "null" }))],
];

export const handshakeRefusalCases: Case[] = [
  ...REFUSED.map(([name, what, make]): Case => ({
    id: `handshake.refusal-${name}`,
    title: `answers ${what} with 401 and a challenge at every door`,
    source: `RFC 6750 §3, ${HTTP_REFUSAL}`,
    needs: ["header", "checks-handshake", "mint"],
    run: async (probe) => {
      const headers = make(createForge(probe), (token) => bearerHeader(probe.target, token));
      const verdicts: Verdict[] = [];
      for (const door of httpDoors(probe.target))
        verdicts.push(await knock(probe, door, { headers }));
      for (const verdict of verdicts) expectChallenge(verdict);
      expectAlike(probe, verdicts);
    },
  })),
  {
    id: "handshake.refusal-without-token",
    title: "names no error at any door when no token was sent",
    source: "RFC 6750 §3.1",
    needs: ["header", "checks-handshake"],
    run: async (probe) => {
      for (const door of httpDoors(probe.target)) {
        const { answer, response } = await knock(probe, door, {});
        expectThat(response !== undefined, `${door.name} answers`, answer);
        expectNoError(response, door.name);
      }
    },
  },
  {
    id: "handshake.refusal-of-scheme",
    title: "names no error at any door when credentials of another scheme were sent",
    source: "RFC 6750 §3.1",
    needs: ["header", "checks-handshake"],
    run: async (probe) => {
      const headers = { Authorization: BASIC };
      for (const door of httpDoors(probe.target)) {
        const { answer, response } = await knock(probe, door, { headers });
        expectThat(response !== undefined, `${door.name} answers`, answer);
        expectNoError(response, door.name);
      }
    },
  },
  {
    id: "handshake.refusal-of-token",
    title: "names the error invalid_token at every door when the token is not valid",
    source: "RFC 6750 §3.1",
    needs: ["header", "checks-handshake"],
    run: async (probe) => {
      for (const door of httpDoors(probe.target)) {
        const { response } = await knock(probe, door, {
          headers: bearerHeader(probe.target, "abc.def.ghi"),
        });
        expectInvalidToken(response, door.name);
      }
    },
  },
  {
    id: "handshake.refusal-is-json",
    title: "refuses at every door with a JSON body without a stack",
    source: HTTP_REFUSAL,
    needs: ["header", "checks-handshake", "uniform-errors"],
    run: async (probe) => {
      for (const door of httpDoors(probe.target)) {
        const { response } = await knock(probe, door, {
          headers: bearerHeader(probe.target, "abc.def.ghi"),
        });
        if (response === undefined) continue;
        expectJson(response);
        expectNoStack(response);
      }
    },
  },
  {
    id: "handshake.refusal-no-store",
    title: "forbids caches at every door to keep a refusal",
    source: "RFC 9111 §5.2.2.5",
    needs: ["header", "checks-handshake", "no-store"],
    run: async (probe) => {
      for (const door of httpDoors(probe.target)) {
        const { response } = await knock(probe, door, {});
        expectEqual(response?.headers["cache-control"], "no-store", `${door.name}: Cache-Control:`);
      }
    },
  },
  {
    id: "handshake.refusal-ends-connection",
    title: "ends the connection after it has refused a WebSocket",
    source: "RFC 6455 §4.2.2",
    needs: ["checks-handshake", "websocket"],
    run: async (probe) => {
      const answer = await sendBytes(probe, handshakeBytes(probe, "websocket"), { isOpen: true });
      // Other cases check that a refusal gets an answer at all.
      if (answer === "") return;
      expectThat(/^HTTP\/1\.1 4\d\d /.test(answer), "a status from 400 to 499", answer);
      const [head = "", body = ""] = answer.split("\r\n\r\n");
      const length = /^content-length: (\d+)/im.exec(head)?.[1];
      // Without a length the end of the connection is the end of the body.
      if (length !== undefined)
        expectEqual(Buffer.byteLength(body, "latin1"), Number(length), "bytes of the body");
    },
  },
  {
    id: "handshake.refusal-frees-connection",
    title: "gives the connection up after it has refused a WebSocket, also if the client does not",
    source: "RFC 9112 §9.6",
    needs: ["checks-handshake", "websocket"],
    run: (probe) => expectGivenUp(probe, handshakeBytes(probe, "websocket")),
  },
  {
    id: "handshake.http-1.0",
    title: "opens no session without a token for a request by HTTP/1.0",
    source: "RFC 9112 §2.3",
    needs: ["checks-handshake"],
    run: async (probe) => {
      const path = enginePath(probe, usualTransport(probe.target));
      const answer = await sendBytes(probe, `GET ${path} HTTP/1.0\r\n\r\n`, {
        isOpen: true,
      });
      expectThat(/^HTTP\/1\.[01] 4\d\d /.test(answer), "a status from 400 to 499", answer);
    },
  },
  ...[
    { name: "path-longer", path: "/more?EIO=4&transport=" },
    { name: "path-dots", path: "../socket.io/?EIO=4&transport=" },
    { name: "path-double-slash", path: "/?EIO=4&transport=" },
    { name: "query-encoded", path: "?%45IO=4&tr%61nsport=" },
    { name: "query-sid-encoded", path: "?EIO=4&%73id=&transport=" },
    { name: "query-fragment", path: "?EIO=4&sid=#x&transport=" },
    { name: "query-semicolon", path: "?EIO=4;sid=x&EIO=4&transport=" },
  ].map(({ name, path }): Case => ({
    id: `handshake.${name}-no-token`,
    title: `opens no session without a token for ${path}… after the path`,
    source: GUIDE,
    needs: ["checks-handshake"],
    run: async (probe) => {
      const { socketPath } = probe.target;
      const answer = await sendRequest(probe, {
        path: `${socketPath}${path}${usualTransport(probe.target)}`,
      });
      // Where another program answers, it may answer with its page.
      const isRefused = readOpenPacket(answer) === undefined && ![101, 500].includes(answer.status);
      expectThat(isRefused, "no session, and no status 500", describeResponse(answer));
    },
  })),
];
