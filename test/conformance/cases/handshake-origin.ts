// The Origin of a handshake: no page of another site opens a session, and what is not a page has none.
import type { Case } from "../case.ts";
import { goodToken, placeToken } from "../connection.ts";
import { knock } from "../doors.ts";
import { expectThat } from "../expectation.ts";
import type { Probe } from "../probe.ts";

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

export const handshakeOriginCases: Case[] = [...foreign, ...own];
