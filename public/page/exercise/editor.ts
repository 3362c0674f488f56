// The editor: a text field with colours, line numbers and indentation. What is typed in it is not stored here.
import { createEditor } from "prism-code-editor";
import { defaultKeymap, editorCommands } from "prism-code-editor/commands";
// oxlint-disable import/no-unassigned-import -- these register a language with the editor
import "prism-code-editor/prism/languages/javascript";
import "prism-code-editor/prism/languages/typescript";
import "prism-code-editor/languages/clike";
// oxlint-enable import/no-unassigned-import

export interface Editor {
  readonly element: HTMLElement;
  /** Shows a text, with the caret at a place in it. */
  show(file: { name: string; text: string }, at?: number): void;
  /** Marks a line, counted from 1; undefined for none. */
  mark(line: number | undefined): void;
  /** Puts the caret on a line, and the keyboard into the editor. */
  goTo(line: number): void;
  focus(): void;
}

interface EditorEvents {
  /** @param at where the caret is */
  onType: (text: string, at: number) => void;
  /** @param by -1 to undo, 1 to do again */
  onUndo: (by: 1 | -1) => void;
}

export function openEditor({ onType, onUndo }: EditorEvents): Editor {
  let isShowing = false;
  let marked: number | undefined;
  const editor = createEditor(
    null,
    { language: "javascript", value: "", class: "exercise-editor" },
    editorCommands(defaultKeymap),
  );
  const { container, textarea } = editor;
  const { lines } = editor;
  textarea.setAttribute("aria-describedby", "editor-help exercise-problem");

  editor.on("update", (text) => {
    // The lines that have changed are other elements now.
    drawMark();
    if (!isShowing) onType(text, textarea.selectionEnd);
  });
  // From the keyboard, and from the menu of a browser or a phone.
  textarea.addEventListener("keydown", (event) => {
    const by = undoKey(event);
    if (by === undefined) return;
    event.preventDefault();
    onUndo(by);
  });
  textarea.addEventListener("beforeinput", (event) => {
    if (event.inputType !== "historyUndo" && event.inputType !== "historyRedo") return;
    event.preventDefault();
    onUndo(event.inputType === "historyUndo" ? -1 : 1);
  });

  function drawMark(): void {
    for (const line of container.querySelectorAll(".has-error")) line.classList.remove("has-error");
    if (marked !== undefined) lines[marked]?.classList.add("has-error");
    textarea.setAttribute("aria-invalid", marked === undefined ? "false" : "true");
  }

  return {
    element: container,
    show({ name, text }, at = 0) {
      isShowing = true;
      const language = name.endsWith(".ts") ? "typescript" : "javascript";
      if (editor.options.language !== language) editor.setOptions({ language });
      textarea.setAttribute("aria-label", name);
      textarea.value = text;
      textarea.setSelectionRange(at, at);
      editor.update();
      isShowing = false;
    },
    mark(line) {
      marked = line;
      drawMark();
    },
    goTo(line) {
      const at = textarea.value
        .split("\n")
        .slice(0, line - 1)
        .join("\n").length;
      textarea.focus();
      textarea.setSelectionRange(line === 1 ? 0 : at + 1, line === 1 ? 0 : at + 1);
      lines[line]?.scrollIntoView({ block: "center" });
    },
    focus: () => textarea.focus(),
  };
}

function undoKey({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): 1 | -1 | undefined {
  if (altKey || !(ctrlKey || metaKey)) return undefined;
  if (key.toLowerCase() === "z") return shiftKey ? 1 : -1;
  return key.toLowerCase() === "y" && !shiftKey ? 1 : undefined;
}
