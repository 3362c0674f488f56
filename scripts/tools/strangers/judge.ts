// Has the suite judge a stranger as its owner would, and compares what it says with what is true.
import { randomUUID } from "node:crypto";
import { createServer } from "node:net";
import { cases } from "../../../test/conformance/cases.ts";
import { type Finding, findingsOf } from "../../conformance/findings.ts";
import { readConformanceOptions } from "../../conformance/options.ts";
import type { Report } from "../../conformance/run.ts";
import { type Progress, runChosen } from "../../conformance/run-chosen.ts";
import { listen } from "../../lab/wire/listening.ts";
import type { Installed } from "./install.ts";
import type { Stranger } from "./strangers.ts";

export interface Judgement {
  report: Report;
  /** What is up to the owner, and what is up to the library. */
  own: Finding[];
  library: Finding[];
  /** What the suite says and is not true, or is true and the suite does not say; empty if it is right. */
  wrong: string[];
}

// The servers read them in their environment: none is among the arguments of a process.
process.env["STRANGER_SECRET"] = `${randomUUID()}${randomUUID()}`;
process.env["STRANGER_PASSWORD"] = randomUUID();

/** @throws ArgumentsError (code BAD_ARGUMENTS) if it could not be started or judged */
export async function judge(
  stranger: Stranger,
  { command }: Installed,
  progress: Progress,
): Promise<Judgement> {
  const port = await freePort();
  const options = await readConformanceOptions(
    [
      "--url",
      `http://127.0.0.1:${port}`,
      "--start",
      `${command} ${port} ${stranger.habit}`,
      ...stranger.flags,
    ],
    {
      CONFORMANCE_SECRET: process.env["STRANGER_SECRET"],
      ...(stranger.flags.includes("--username")
        ? { CONFORMANCE_PASSWORD: process.env["STRANGER_PASSWORD"] }
        : {}),
    },
  );
  const tables = await runChosen(options!, [...cases], progress);
  const { report } = tables[0]!.columns[0]!;
  const findings = findingsOf(report);
  const own = findings.filter(({ isLibrary }) => !isLibrary);
  const library = findings.filter(({ isLibrary }) => isLibrary);
  const advisories = library.flatMap(({ advisory }) => advisoryIn(advisory) ?? []);
  const sight = report.sight?.join(" ") ?? "";
  return {
    report,
    own,
    library,
    wrong: [
      ...(stranger.seen.test(sight)
        ? []
        : [`It saw "${sight}", and not ${String(stranger.seen)}.`]),
      ...compare(
        own.map(({ first }) => first.id),
        stranger.findings,
      ),
      ...compare(advisories, stranger.advisories),
    ],
  };
}

/** `CVE-2022-2421`, in what is known of a finding. */
export function advisoryIn(words: string | undefined): string | undefined {
  return /(?:CVE|GHSA)-[\w-]+/.exec(words ?? "")?.[0];
}

function compare(said: readonly string[], known: readonly string[]): string[] {
  return [
    ...said
      .filter((one) => !known.includes(one))
      .map((one) => `It says ${one}, which nobody knew of.`),
    ...known.filter((one) => !said.includes(one)).map((one) => `It does not say ${one}.`),
  ];
}

async function freePort(): Promise<number> {
  const listening = await listen(createServer(), 0, "127.0.0.1");
  await listening.stop();
  return listening.port;
}
