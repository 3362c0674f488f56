// Brings the chosen difference into sight, and the chosen tab under the keyboard.

/** To be called right after a change of the state: what was rendered by then is looked at. */
export function showDifference({ isFocused }: { isFocused: boolean }): void {
  afterRendering(() => {
    const chosen = document.querySelector<HTMLElement>(".run.is-current");
    if (isFocused) chosen?.querySelector("button")?.focus({ preventScroll: true });
    chosen?.scrollIntoView({ block: "center" });
  });
}

/** Puts the focus on the tab that is selected now. */
export function focusTab(): void {
  afterRendering(() => {
    const tab = document.querySelector<HTMLElement>('.file-tab[aria-selected="true"]');
    tab?.focus({ preventScroll: true });
    tab?.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
}

/** Brings the tab that is selected now into sight, where there is no room for all. */
export function showTab(): void {
  afterRendering(() => {
    const tab = document.querySelector('.file-tab[aria-selected="true"]');
    tab?.scrollIntoView({ block: "nearest", inline: "center" });
  });
}

// The page renders in a microtask of its own, which a change of the state has asked for just before.
function afterRendering(act: () => void): void {
  queueMicrotask(act);
}
