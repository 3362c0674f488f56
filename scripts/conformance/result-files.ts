// Writes the results into files: JSON for programs, JUnit for CI, a page for people. A file that cannot be written is
// reported before the run.
import { writeFile } from "node:fs/promises";
import { ArgumentsError } from "../command/arguments.ts";
import { tryToWrite } from "../lab/stored-file.ts";
import { findingsOf } from "./findings.ts";
import { renderHtml } from "./html.ts";
import { renderJunit } from "./junit.ts";
import type { Report } from "./run.ts";

const FORMATS = {
  json: (reports: readonly Report[]) =>
    `${JSON.stringify(
      reports.map((report) => ({ ...report, findings: findingsOf(report).map(summarize) })),
      undefined,
      2,
    )}\n`,
  junit: renderJunit,
  html: renderHtml,
} as const;

/** Which format goes into which file. */
export type ResultFiles = Partial<Record<keyof typeof FORMATS, string | undefined>>;

function namedFiles(files: ResultFiles): [format: keyof typeof FORMATS, file: string][] {
  return (Object.keys(FORMATS) as (keyof typeof FORMATS)[]).flatMap((format) => {
    const file = files[format];
    return file === undefined ? [] : [[format, file] as [typeof format, string]];
  });
}

function summarize({
  first,
  alike,
  remedy,
  isLibrary,
  advisory,
}: ReturnType<typeof findingsOf>[0]) {
  const { expected, seen, isTargetDown } = first.failure;
  return { cases: [first.id, ...alike], expected, seen, isTargetDown, remedy, isLibrary, advisory };
}

/** Checks before the run, so that its results are not lost at the end. @throws ArgumentsError (code BAD_ARGUMENTS) */
export async function checkWritable(files: ResultFiles): Promise<void> {
  for (const [format, file] of namedFiles(files))
    await tryToWrite(file).catch(({ code }: NodeJS.ErrnoException) => {
      throw new ArgumentsError(`--${format}: ${file} cannot be written (${code}).`);
    });
}

export async function writeResults(files: ResultFiles, reports: readonly Report[]): Promise<void> {
  for (const [format, file] of namedFiles(files)) await writeFile(file, FORMATS[format](reports));
}
