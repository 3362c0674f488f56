// Whether keys with a single character are shortcuts; who speaks to the machine, or hits keys by accident, turns them off.
// WCAG 2.1.4

const NAME = "sandbox letters";

export function areLettersOn(): boolean {
  return localStorage.getItem(NAME) !== "off";
}

/** Outlives the tab, as the person's hands do. */
export function turnLetters(isOn: boolean): void {
  localStorage.setItem(NAME, isOn ? "on" : "off");
  showLetters();
}

/** Where they are off, the page does not name them either. */
export function showLetters(): void {
  document.documentElement.classList.toggle("letters-off", !areLettersOn());
}
