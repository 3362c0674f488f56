// A file of an exercise beside another state of it, line by line.
import type { Exercise } from "../../model/exercise.ts";
import type { ComparedRow, Comparison } from "../../model/protocol.ts";
import type { Variant } from "../../model/vocabulary.ts";
import { alignLines } from "../compare/align.ts";
import { EditError } from "./edited-file.ts";
import { listVersions } from "./history.ts";
import { type Files, readFiles, solutionFiles, startFiles, workingFolder } from "./working-copy.ts";

/** What a person's text is compared with: a version is named by when it was stored. */
type Beside = "start" | "solution" | "disk" | { storedAt: string };

const KINDS = { changed: "Here the two differ." };

/** What came first stands on the left. @throws EditError (code CANNOT_EDIT) for a version that is not there */
export async function placeBeside(
  { exercise, variant }: { exercise: Exercise; variant: Variant },
  mine: { name: string; text: string },
  beside: Beside,
): Promise<Comparison> {
  const other = (await filesOf(exercise, variant, beside)).get(mine.name) ?? "";
  const title = typeof beside === "string" ? TITLES[beside] : beside.storedAt;
  const columns: [string, string][] = [
    [title, other],
    ["mine", mine.text],
  ];
  if (beside === "solution") columns.reverse();
  const rows = alignLines(columns.map(([, text]) => linesOf(text)));
  return {
    columns: columns.map(([name]) => name),
    rows: rows.map((lines): ComparedRow => ({
      lines,
      kinds: lines[0] === lines[1] ? [] : ["changed"],
    })),
    kinds: KINDS,
  };
}

const TITLES = { start: "start", solution: "solution", disk: "on the disk" };

async function filesOf(exercise: Exercise, variant: Variant, beside: Beside): Promise<Files> {
  switch (beside) {
    case "start":
      return startFiles(exercise, variant);
    case "solution":
      return solutionFiles(exercise, variant);
    case "disk":
      return readFiles(workingFolder(exercise, variant));
    default: {
      const versions = await listVersions(exercise, variant, Number.POSITIVE_INFINITY);
      const version = versions.find(({ storedAt }) => storedAt === beside.storedAt);
      if (version !== undefined) return version.files;
      throw new EditError(`There is no version of ${beside.storedAt}.`);
    }
  }
}

function linesOf(text: string): string[] {
  const lines = text.replaceAll("\r\n", "\n");
  return lines === "" ? [] : lines.replace(/\n$/, "").split("\n");
}
