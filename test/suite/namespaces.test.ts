// A namespace has a guard of its own, or none: the suite looks at each that a person names.
import { expect, it } from "vitest";
import type { CaseResult } from "../../scripts/conformance/run.ts";
import { cases } from "../conformance/cases.ts";
import { IN_PAYLOAD } from "../conformance/place.ts";
import { failuresOf, judge } from "../helpers/judge-other.ts";
import { SECRET } from "../helpers/other-server.ts";

/** Judges a server that reads the payload, and has no guard at one of its namespaces if that is named. */
async function judgeNamespaces(named: string, unguarded = ""): Promise<CaseResult[]> {
  const flags = { secret: SECRET, claims: "payload,polling,websocket", namespaces: named };
  const chosen = cases.filter(({ id }) => id.startsWith("handshake.namespaces-"));
  const namespaces = ["/rooms", "/staff"];
  const habits = { gate: "namespace", places: [IN_PAYLOAD], namespaces, unguarded } as const;
  return judge(chosen, { habits, flags });
}

it("namespaces that each have a guard fail nothing", async () => {
  expect(failuresOf(await judgeNamespaces("/rooms,/staff"))).toEqual([]);
});

it("one without a guard is noticed among others", async () => {
  const results = await judgeNamespaces("/rooms,/staff", "/staff");
  expect(failuresOf(results)).toEqual([
    ["handshake.namespaces-no-token", "CONNECT_ERROR from /staff", expect.stringMatching(/^40/)],
  ]);
  // The suite closes what a case has opened: that says nothing about the server.
  expect(JSON.stringify(results)).not.toContain("was closed");
});

it("one that does not exist proves nothing, and is noticed as well", async () => {
  expect(failuresOf(await judgeNamespaces("/rooms,/stuff"))).toEqual([
    ["handshake.namespaces-exist", "a namespace /stuff", expect.stringContaining("Invalid")],
  ]);
});
