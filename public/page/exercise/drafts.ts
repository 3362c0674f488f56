// Stores in this tab what was typed and not saved, and how to undo it, so that a reload loses nothing.
import type { EditedFile } from "../../../scripts/model/edited-file.ts";
import { firstStep, type Undo } from "./undo.ts";

interface Draft {
  base: EditedFile;
  undo: Undo;
}

function keyFor(exercise: string, name: string): string {
  return `exercise ${exercise} ${name}`;
}

/** With only one step, if nothing was typed so far. */
export function readDraft(exercise: string, disk: EditedFile): Draft {
  const stored = sessionStorage.getItem(keyFor(exercise, disk.name));
  if (stored === null) return { base: disk, undo: firstStep(disk.text) };
  return JSON.parse(stored) as Draft;
}

/** @returns whether there was room */
export function storeDraft(exercise: string, draft: Draft): boolean {
  const key = keyFor(exercise, draft.base.name);
  try {
    sessionStorage.setItem(key, JSON.stringify(draft));
    return true;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
  try {
    // Without the earlier steps, the text itself has room where they have none.
    const { steps, now } = draft.undo;
    const undo = { steps: steps.slice(now, now + 1), now: 0 };
    sessionStorage.setItem(key, JSON.stringify({ ...draft, undo }));
    return true;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return false;
  }
}
