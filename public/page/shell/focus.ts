// Where the keyboard's focus goes: to the heading of a new page; and what a key press is meant for.

/** So that a screen reader begins to read where the new page begins. */
export function focusHeading(): void {
  document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
  document.scrollingElement?.scrollTo(0, 0);
}

/** Whether the keys belong to a text field or a list, to a radio group, or to the page. */
export function keyTarget(target: EventTarget | null): "typing" | "choosing" | "page" {
  if (!(target instanceof HTMLElement)) return "page";
  if (target.isContentEditable || target.matches("textarea, select")) return "typing";
  if (!(target instanceof HTMLInputElement) || target.type === "checkbox") return "page";
  return target.type === "radio" ? "choosing" : "typing";
}
