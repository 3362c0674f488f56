// The files of the open exercise: from the disk to the editor, and back.
import { type EditedFile, LONGEST_TEXT, sizeOfText } from "../../../scripts/model/edited-file.ts";
import { createGate } from "../../../scripts/model/gate.ts";
import type { ShownFile } from "../../../scripts/model/protocol.ts";
import { CallError } from "../shell/channel.ts";
import type { Shell } from "../shell/shell.ts";
import type { Store } from "../shell/state.ts";
import { readDraft, storeDraft } from "./drafts.ts";
import { type Editor, openEditor } from "./editor.ts";
import { dirtyNames, type Edited, type ExerciseState, isShown } from "./exercise-state.ts";
import { afterDisk, fromDisk, isDirty, keepMine, type OwnFile, takeTheirs } from "./own-file.ts";
import { addStep, stepBy } from "./undo.ts";

export interface ExerciseFiles {
  readonly editor: Editor;
  /** The files are on the disk like this now. */
  arrive(files: readonly ShownFile[]): void;
  /** Puts a file into the editor. */
  choose(name: string): void;
  /** Saves what was typed. @returns whether all of it is on the disk now */
  save(): Promise<boolean>;
  /** Between the text here and what another hand has saved. */
  decide(whose: "mine" | "theirs"): void;
  /** Stores what was typed in this tab, at once. */
  storeDrafts(): void;
}

/** Long enough that fast typing does not wait for it. */
const DRAFT_MS = 200;

export function openFiles(shell: Shell, store: Store<ExerciseState>): ExerciseFiles {
  const editor = openEditor({ onType: typed, onUndo: undo });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const saves = createGate(1);

  function put(name: string, edited: Edited): void {
    store.update({ files: { ...store.state.files, [name]: edited } });
    timer ??= setTimeout(storeDrafts, DRAFT_MS);
  }

  function storeDrafts(): void {
    clearTimeout(timer);
    timer = undefined;
    const { place, files } = store.state;
    if (place === undefined) return;
    for (const { own, undo: history } of Object.values(files))
      if (!storeDraft(place.exercise, { base: own.base, undo: history }))
        shell.store.update({ notice: "This browser has no room for what you type: save it." });
  }

  /** Shows in the editor what has become another text. */
  function take(name: string, own: OwnFile): void {
    const { undo: history } = store.state.files[name]!;
    const isOther = history.steps[history.now]!.text !== own.text;
    put(name, { own, undo: addStep(history, own.text, 0) });
    if (isOther && store.state.name === name) editor.show({ name, text: own.text });
  }

  function typed(text: string, at: number): void {
    const { name, files } = store.state;
    const edited = files[name];
    if (edited === undefined) return;
    put(name, { own: { ...edited.own, text }, undo: addStep(edited.undo, text, at) });
  }

  function undo(by: 1 | -1): void {
    const { name, files } = store.state;
    const edited = files[name];
    const moved = edited && stepBy(edited.undo, by);
    if (moved === undefined) return;
    const { step, ...history } = moved;
    put(name, { own: { ...edited!.own, text: step.text }, undo: history });
    editor.show({ name, text: step.text }, step.at);
  }

  function choose(name: string): void {
    store.update({ name });
    const edited = store.state.files[name];
    if (edited !== undefined) editor.show({ name, text: edited.own.text });
  }

  function arrive(files: readonly ShownFile[]): void {
    const { place, name } = store.state;
    const problems = files.filter((file) => "problem" in file);
    store.update({
      unshown: Object.fromEntries(problems.map((file) => [file.name, file.problem])),
    });
    for (const file of files.filter(isShown)) {
      const known = store.state.files[file.name];
      if (known !== undefined) take(file.name, afterDisk(known.own, file));
      else begin(place!.exercise, file);
    }
    if (name === "") choose(files[0]?.name ?? "");
  }

  /** With what was typed before the page was loaded again. */
  function begin(exercise: string, disk: EditedFile): void {
    const { base, undo: history } = readDraft(exercise, disk);
    const own = { ...fromDisk(base), text: history.steps[history.now]!.text };
    store.update({ files: { ...store.state.files, [disk.name]: { own, undo: history } } });
    take(disk.name, afterDisk(own, disk));
  }

  async function saveOne(name: string): Promise<void> {
    const { place, files } = store.state;
    const { own } = files[name]!;
    if (place === undefined || !isDirty(own) || own.theirs !== undefined) return;
    const { text, base } = own;
    if (sizeOfText(text) > LONGEST_TEXT)
      return shell.store.update({
        notice: `${name} is too large to be saved here. Use an editor of your own.`,
      });
    change(name, (now) => ({ ...now, saving: text }));
    try {
      const saved = await shell.channel.call("saveFile", place, { name, text, hash: base.hash });
      if (store.state.place !== place) return;
      change(name, (now) => afterDisk(now, saved.file));
      store.update({ isSaveDue: false });
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      if (error.code === "LOST") store.update({ isSaveDue: true });
      else shell.store.update({ notice: error.message });
    } finally {
      if (store.state.place === place) change(name, (now) => ({ ...now, saving: undefined }));
    }
  }

  function change(name: string, next: (own: OwnFile) => OwnFile): void {
    const edited = store.state.files[name];
    if (edited !== undefined) take(name, next(edited.own));
  }

  /** One save after the other: each is based on what the one before has written. */
  async function save(): Promise<boolean> {
    await saves.run(async () => {
      for (const name of dirtyNames(store.state)) await saveOne(name);
    });
    return dirtyNames(store.state).length === 0;
  }

  return {
    editor,
    arrive,
    choose,
    save,
    decide(whose) {
      change(store.state.name, whose === "mine" ? keepMine : takeTheirs);
      if (whose === "mine") void save();
      editor.focus();
    },
    storeDrafts,
  };
}
