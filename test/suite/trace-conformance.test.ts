// A trace in front of a server changes nothing that the conformance suite could notice.
import { expect, it } from "vitest";
import { casesFor, runTarget } from "../../scripts/conformance/run.ts";
import { startSubject, type Subject, targetOf } from "../../scripts/conformance/subjects.ts";
import { cases } from "../conformance/cases.ts";
import { failuresOf } from "../helpers/judge-other.ts";
import { traceTo } from "../helpers/traced-app.ts";

// What a token says, and what a server does with its user, go through a trace as any other bytes do.
const seen = cases.filter(({ id }) =>
  /^(?:http|header|handshake|transports|robustness)\./.test(id),
);
const SUBJECT: Subject = { variant: "cjs", auth: "passport", transports: undefined, groups: [] };

it("fails no case through a trace", async () => {
  const { target, process } = await startSubject(SUBJECT);
  const traced = await traceTo(new URL(target.url));
  try {
    const { results } = await runTarget({
      name: "traced",
      target: targetOf(SUBJECT, traced.url),
      cases: casesFor(SUBJECT, seen),
      revive: () => Promise.reject(new Error("The server has ended.")),
    });
    expect(failuresOf(results)).toEqual([]);
    expect(results.filter(({ result }) => result === "passed").length).toBeGreaterThan(250);
  } finally {
    await traced.close();
    await process.stop();
  }
}, 240_000);
