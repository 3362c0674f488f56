// Compares a person's files with those of the start, or of the solution.
import { structuredPatch } from "diff";
import type { Exercise } from "../../model/exercise.ts";
import type { Variant } from "../../model/vocabulary.ts";
import { type Files, readFiles, solutionFiles, startFiles, workingFolder } from "./working-copy.ts";

/** A line of a comparison. */
export interface DiffLine {
  kind: "file" | "place" | "same" | "removed" | "added";
  text: string;
}

/** From the start to what is there now, and from there to the solution. */
export interface Differences {
  mine: DiffLine[];
  toSolution: DiffLine[];
}

export async function compareWorkingCopy(
  exercise: Exercise,
  variant: Variant,
): Promise<Differences> {
  const [start, now, solution] = await Promise.all([
    startFiles(exercise, variant),
    readFiles(workingFolder(exercise, variant)),
    solutionFiles(exercise, variant),
  ]);
  return { mine: compareFiles(start, now), toSolution: compareFiles(now, solution) };
}

/** The lines that differ and three around them, file by file; empty if nothing differs. */
function compareFiles(from: Files, to: Files): DiffLine[] {
  const names = [...new Set([...from.keys(), ...to.keys()])].toSorted();
  return names.flatMap((name) => compareTexts(name, from.get(name) ?? "", to.get(name) ?? ""));
}

function compareTexts(name: string, from: string, to: string): DiffLine[] {
  // A file that an editor of another system has saved differs in what a person wrote, and not in every line.
  const [old, now] = [from, to].map((text) => text.replaceAll("\r\n", "\n")) as [string, string];
  if (old === now) return [];
  const { hunks } = structuredPatch(name, name, old, now, "", "", { context: 3 });
  return [
    { kind: "file", text: name },
    ...hunks.flatMap(({ newStart, lines }): DiffLine[] => [
      { kind: "place", text: `line ${newStart}` },
      ...lines.map((line): DiffLine => ({ kind: KINDS[line[0]!] ?? "same", text: line.slice(1) })),
    ]),
  ];
}

const KINDS: Record<string, DiffLine["kind"]> = { "-": "removed", "+": "added" };
