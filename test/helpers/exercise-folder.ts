// Writes exercise folders for tests.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

export interface ExerciseFolders {
  /** Writes the files into a folder of that name. @returns the folder, absolute */
  write(name: string, files: Record<string, string>): Promise<string>;
  removeAll(): Promise<void>;
}

export async function exerciseFolders(): Promise<ExerciseFolders> {
  const parent = await mkdtemp(path.join(tmpdir(), "exercises-"));
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
