// Are the three variants in step: the same program with the same comments, but for what their module formats ask for?
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { structuredPatch } from "diff";
import { printCommonForm, UnreadableSourceError } from "./form.ts";
import { extensionOf } from "../servers/variants.ts";
import { type Variant, VARIANTS } from "../../model/vocabulary.ts";

/** One place where the formats differ in more than their format. */
export interface Drift {
  /** The name of the file, without its extension. */
  file: string;
  /** The heading it stands under; undefined above the first one. */
  heading: string | undefined;
  /** For a person: what differs from what, and below it the lines of a unified diff. */
  message: string;
}

/** Formats whose common form is the same. */
interface Group {
  variants: Variant[];
  form: string;
}

// --- One file in three formats ---

/**
 * Compares one source in its three formats. Allowed are module syntax, the folder of the file, erasable types, layout,
 * the TSDoc of types, and in each format the comments that begin with its name: `CommonJS:`, `ES modules:`,
 * `TypeScript:`.
 * @param file its name without the extension, for messages
 * @returns an empty list if the three are in step
 */
export async function compareSources(
  file: string,
  sources: Record<Variant, string>,
): Promise<Drift[]> {
  const groups: Group[] = [];
  for (const variant of VARIANTS) {
    try {
      const form = await printCommonForm(file, sources[variant], variant);
      const same = groups.find((group) => group.form === form);
      if (same === undefined) groups.push({ variants: [variant], form });
      else same.variants.push(variant);
    } catch (error) {
      if (!(error instanceof UnreadableSourceError)) throw error;
      return [{ file, heading: undefined, message: error.message }];
    }
  }
  // What most of them say is what the odd one is compared with.
  const [usual, ...odd] = groups.toSorted(
    (one, other) => other.variants.length - one.variants.length,
  );
  return odd.flatMap((group) => describeDrift(file, usual!, group));
}

const CONTEXT_LINES = 2;

function describeDrift(file: string, usual: Group, odd: Group): Drift[] {
  const { hunks } = structuredPatch("", "", usual.form, odd.form, "", "", {
    context: CONTEXT_LINES,
  });
  const lines = usual.form.split("\n");
  return hunks.map((hunk) => {
    const firstChange = hunk.lines.findIndex((line) => !line.startsWith(" "));
    const heading = lastHeading(lines.slice(0, hunk.oldStart - 1 + firstChange));
    const place = heading === undefined ? "" : `, under "${heading}"`;
    const title = `${file}${place}: ${list(odd.variants)} (+) is not in step with ${list(usual.variants)} (-)`;
    return { file, heading, message: [title, ...hunk.lines.map((line) => `  ${line}`)].join("\n") };
  });
}

function lastHeading(lines: readonly string[]): string | undefined {
  const heading = lines.findLast((line) => /^\s*\/\/ --- .+ ---$/.test(line));
  return heading && /--- (.+) ---$/.exec(heading)?.[1];
}

function list(variants: readonly Variant[]): string {
  return variants.join(" and ");
}

// --- Whole folders ---

/** Compares the files of three folders: the same names, each in step. */
export async function compareFolders(folders: Record<Variant, string>): Promise<Drift[]> {
  const names = Object.fromEntries(
    await Promise.all(
      VARIANTS.map(async (variant) => [variant, await readdir(folders[variant])] as const),
    ),
  ) as Record<Variant, string[]>;
  const files = new Set(
    VARIANTS.flatMap((variant) => names[variant].map((name) => path.parse(name).name)),
  );
  const drifts: Drift[] = [];
  for (const file of [...files].toSorted()) {
    const strays = describeStrays(file, names);
    drifts.push(...strays);
    if (strays.length === 0)
      drifts.push(...(await compareSources(file, await readAll(file, folders))));
  }
  return drifts;
}

/** A file that one format lacks, or that has the extension of another. */
function describeStrays(file: string, names: Record<Variant, string[]>): Drift[] {
  return VARIANTS.flatMap((variant) => {
    const expected = `${file}.${extensionOf(variant)}`;
    const seen = names[variant].filter((name) => path.parse(name).name === file);
    if (seen.length === 1 && seen[0] === expected) return [];
    const message = `${file}: ${variant} must have the one file ${expected}, as the other formats do, and has ${seen.join(", ") || "none"}`;
    return [{ file, heading: undefined, message }];
  });
}

async function readAll(
  file: string,
  folders: Record<Variant, string>,
): Promise<Record<Variant, string>> {
  const sources = await Promise.all(
    VARIANTS.map(async (variant) => {
      const name = path.join(folders[variant], `${file}.${extensionOf(variant)}`);
      return [variant, await readFile(name, "utf8")] as const;
    }),
  );
  return Object.fromEntries(sources) as Record<Variant, string>;
}
