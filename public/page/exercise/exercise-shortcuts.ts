// The keys of an open exercise; those that the terminal has too are the same there.
import type { Key } from "../shell/shortcuts.ts";
import type { ExerciseActions } from "./exercise-actions.ts";

export function exerciseKeys(actions: ExerciseActions): Key[] {
  return [
    { key: "e", does: "into the editor; Esc leads out of it", act: () => actions.editCode() },
    { key: "Ctrl S", does: "save, also from the editor (⌘ S on a Mac)" },
    { key: "h", does: "next hint", act: () => actions.nextHint() },
    {
      key: "d",
      does: "what you have changed",
      act: () => actions.compare("from the start to mine", "start"),
    },
    { key: "s", does: "the solution (asks first)", act: () => actions.solution() },
    { key: "x", does: "begin again (asks first)", act: () => actions.reset() },
    { key: "u", does: "earlier versions", act: () => actions.showVersions() },
    { key: "r", does: "check again", act: () => actions.check() },
    {
      key: "Escape",
      label: "Esc",
      does: "close what is open below",
      act: () => actions.closePanel(),
    },
  ];
}
