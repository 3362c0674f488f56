// A file between the editor and the disk: what a person types, what is saved, and what another hand has saved meanwhile. Pure.
import type { EditedFile } from "../../../scripts/model/edited-file.ts";

export interface OwnFile {
  /** As it was on the disk when the text was last the same as there, or was chosen over it. */
  base: EditedFile;
  /** In the editor. */
  text: string;
  /** On its way to the disk. */
  saving: string | undefined;
  /** What another hand has saved over the base while the text was changed here: the person chooses. */
  theirs: EditedFile | undefined;
}

export function fromDisk(base: EditedFile): OwnFile {
  return { base, text: base.text, saving: undefined, theirs: undefined };
}

export function isDirty({ text, base }: OwnFile): boolean {
  return text !== base.text;
}

/** The file is on the disk like this now. What was typed stays. */
export function afterDisk(own: OwnFile, disk: EditedFile): OwnFile {
  if (disk.hash === own.base.hash) return { ...own, theirs: undefined };
  // What was saved from here, also if the answer has not come yet; typing goes on meanwhile.
  if (disk.text === own.saving || disk.text === own.text)
    return { ...own, base: disk, theirs: undefined };
  if (!isDirty(own)) return fromDisk(disk);
  return { ...own, theirs: disk };
}

/** The text goes over what another hand has saved, once it is saved. */
export function keepMine(own: OwnFile): OwnFile {
  return own.theirs === undefined ? own : { ...own, base: own.theirs, theirs: undefined };
}

export function takeTheirs(own: OwnFile): OwnFile {
  return own.theirs === undefined ? own : fromDisk(own.theirs);
}
