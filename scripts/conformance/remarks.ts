// What a report says about a server besides its results.
import type { Case } from "../../test/conformance/case.ts";
import { keysOfferedAt } from "../../test/conformance/cases/token-key-choice.ts";
import { silentEvents } from "../../test/conformance/cases/robustness-events.ts";
import type { Target } from "../../test/conformance/target.ts";

interface Run {
  /** The server as a person described it, and as the first look found it. */
  said: Target;
  seen: Target;
  chosen: readonly Case[];
  memory: ReadonlyMap<string, string>;
}

/** In sentences. */
export function describeRemarks({ said, seen, chosen, memory }: Run): string[] {
  return [
    ...describeScheme(said, seen),
    ...describeUnused(seen, chosen),
    ...describeSilent(seen, memory),
    ...describeKeys(memory),
  ];
}

function describeScheme(said: Target, { url, scheme }: Target): string[] {
  if (scheme === said.scheme) return [];
  return [
    `${url} accepts the scheme only as "${scheme}", case-sensitively (against RFC 9110 §11.1), so all cases but those about the scheme write it like that.`,
  ];
}

/** What a person has said about the server and no case used. */
function describeUnused({ claims, token }: Target, chosen: readonly Case[]): string[] {
  const unused = (["events", "namespaces", "origins"] as const).filter(
    (name) => claims.has(name) && !chosen.some(({ needs }) => needs.includes(name)),
  );
  return [
    ...unused.map((name) => `--${name} was not used: none of the chosen cases is about it.`),
    ...(token !== undefined && claims.has("mint")
      ? ["The token was not used: the suite makes tokens of its own."]
      : []),
  ];
}

/** A misspelt name fails no case: nothing comes of its calls, as nothing comes of those that a handler ignores. */
function describeSilent(target: Target, memory: ReadonlyMap<string, string>): string[] {
  return silentEvents(target, memory).map(
    (event) =>
      `Nothing came back from any call of "${event}": in order if the server ignores wrong calls, but then see that the name is spelt as in the server.`,
  );
}

/** That no key was fetched proves nothing of a server that cannot reach this machine. */
function describeKeys(memory: ReadonlyMap<string, string>): string[] {
  const url = keysOfferedAt(memory);
  if (url === undefined || /\/\/(127\.|\[::1\])/.test(url)) return [];
  return [
    `Keys were offered at ${url}: that the server fetched none counts only if it can reach that address.`,
  ];
}

/** A server that something else starts again answers at once, as if nothing had been. */
export function describeEnds(ends: number, isOurs: boolean): string[] {
  if (ends === 0) return [];
  const times = ends === 1 ? "once" : `${ends} times`;
  return [
    `The server ended ${times}, and ${isOurs ? "was started again each time" : "something else started it again: nothing but this report tells"}.`,
  ];
}
