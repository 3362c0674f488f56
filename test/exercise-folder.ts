// Writes exercise folders for tests, inside the project, since their packages are found from there.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { KEPT_FOLDER } from "../scripts/lab/servers/variants.ts";

export interface ExerciseFolders {
  /** Writes the files into a folder of that name. @returns the folder, absolute */
  write(name: string, files: Record<string, string>): Promise<string>;
  removeAll(): Promise<void>;
}

export async function exerciseFolders(): Promise<ExerciseFolders> {
  await mkdir(KEPT_FOLDER, { recursive: true });
  const parent = await mkdtemp(path.join(KEPT_FOLDER, "exercises-"));
  return {
    async write(name, files) {
      const folder = path.join(parent, name);
      await mkdir(folder, { recursive: true });
      for (const [file, content] of Object.entries(files))
        await writeFile(path.join(folder, file), content);
      return folder;
    },
    removeAll: () => rm(parent, { recursive: true }),
  };
}
