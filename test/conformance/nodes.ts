// The servers of a target, where there are several.
import type { Probe } from "./probe.ts";

/** A load balancer that takes turns gives this many new sessions to all servers, if there are not more. */
const SESSIONS = 6;

/** A probe of each server; or so many of the one address that each server behind it gets a session of one of them. */
export function nodesOf(probe: Probe): Probe[] {
  const { nodes, url } = probe.target;
  const urls = nodes.length > 1 ? nodes : Array.from({ length: SESSIONS }, () => url);
  return urls.map((each) => ({ ...probe, target: { ...probe.target, url: each } }));
}
