// The Origin of a handshake: no page of another site opens a session, and what is not a page has none.
import type { Case } from "../case.ts";
import { goodToken, placeToken } from "../connection.ts";
import { knock } from "../doors.ts";
import { expectThat } from "../expectation.ts";
import type { Probe } from "../probe.ts";
import { enginePath } from "../raw-engine.ts";
import { describeResponse, sendRequest } from "../raw-http.ts";

const ORIGIN = "RFC 6455 §10.2";
const TRANSPORTS = ["polling", "websocket"] as const;

async function comeFrom(probe: Probe, transport: "polling" | "websocket", origin: string) {
  const { headers, query } = placeToken(probe.target, await goodToken(probe));
  const door = { name: transport, kind: "handshake", transport } as const;
  return knock(probe, door, { headers: { ...headers, Origin: origin }, query });
}

// oxfmt-ignore
const FOREIGN: [name: string, what: string, make: (own: URL) => string][] = [
  ["site", "another site", () => "https://example.org"],
  ["port", "another port of the same host", ({ protocol, hostname }) => `${protocol}//${hostname}:9`],
  ["longer", "a host whose name only begins the same", ({ origin }) => `${origin}.example.org`],
  ["before", "a host whose name only ends the same", ({ protocol, host }) => `${protocol}//x${host}`],
  ["null", "the origin null, as of a file or of a frame in a sandbox", () => "null"],
  ["path", "no origin at all, with the right host in its path", ({ host }) => `https://example.org/${host}`],
];

const foreign = FOREIGN.flatMap(([name, what, make]) =>
  TRANSPORTS.map((transport): Case => ({
    id: `handshake.origin-${name}-${transport}`,
    title: `opens no session by ${transport} for a page of ${what}, not even with a good token`,
    source: ORIGIN,
    needs: [transport, "checks-origin"],
    run: async (probe) => {
      const { isAccepted, answer } = await comeFrom(
        probe,
        transport,
        make(new URL(probe.target.url)),
      );
      expectThat(!isAccepted, "no session", answer);
    },
  })),
);

const own = TRANSPORTS.map((transport): Case => ({
  id: `handshake.origin-own-${transport}`,
  title: `opens a session by ${transport} for its own page`,
  source: ORIGIN,
  needs: [transport, "checks-origin"],
  run: async (probe) => {
    const { isAccepted, answer } = await comeFrom(probe, transport, probe.target.url);
    expectThat(isAccepted, "a session", answer);
  },
}));

const ownOverTls = TRANSPORTS.map((transport): Case => ({
  id: `handshake.origin-tls-${transport}`,
  title: `opens a session by ${transport} for its own page that came over TLS, as from a proxy that adds it`,
  source: ORIGIN,
  needs: [transport, "checks-origin", "tls-proxy"],
  remedy:
    "A proxy that adds TLS leaves Host as it is: the page's Origin is https:// with that host.",
  run: async (probe) => {
    const { host } = new URL(probe.target.url);
    const { isAccepted, answer } = await comeFrom(probe, transport, `https://${host}`);
    expectThat(isAccepted, "a session", answer);
  },
}));

const allowed = TRANSPORTS.map((transport): Case => ({
  id: `handshake.origin-allowed-${transport}`,
  title: `opens a session by ${transport} for a page of each other origin that may connect`,
  source: transport === "polling" ? "https://fetch.spec.whatwg.org/#cors-check" : ORIGIN,
  needs: [transport, "origins"],
  run: async (probe) => {
    for (const origin of probe.target.origins) {
      const { isAccepted, answer, response } = await comeFrom(probe, transport, origin);
      expectThat(isAccepted, `a session for ${origin}`, answer);
      // By polling, its page must be allowed to read the answer as well.
      if (transport === "websocket") continue;
      const readers = response?.headers["access-control-allow-origin"] ?? "none";
      expectThat(readers === origin, `Access-Control-Allow-Origin: ${origin}`, readers);
    }
  },
}));

const SCRIPT_TAG = {
  "Sec-Fetch-Site": "same-site",
  "Sec-Fetch-Mode": "no-cors",
  "Sec-Fetch-Dest": "script",
};

// A browser sends no Origin for a script, and any page can read what the script passes to a function.
const inScript: Case = {
  id: "handshake.origin-script",
  title: "opens no session for a script tag, whose answer a page of any origin could read (JSONP)",
  source: "https://fetch.spec.whatwg.org/#origin-header",
  needs: ["polling", "checks-origin"],
  remedy:
    'Engine.IO answers in a script if the query has "j". Refuse it in allowRequest: no client of Socket.IO 3 or later sends it.',
  run: async (probe) => {
    const { headers, query } = placeToken(probe.target, await goodToken(probe));
    const answer = await sendRequest(probe, {
      method: "GET",
      path: [enginePath(probe, "polling", "j=0"), query].filter(Boolean).join("&"),
      headers: { ...headers, ...SCRIPT_TAG },
    });
    const isScript = answer.status === 200 && answer.body.startsWith("___eio[");
    expectThat(!isScript, "no answer in a script", describeResponse(answer));
  },
};

export const handshakeOriginCases: Case[] = [
  ...foreign,
  ...own,
  ...ownOverTls,
  ...allowed,
  inScript,
];
