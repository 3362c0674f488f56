// Whether single characters are shortcuts. People who use speech input, or hit keys by accident, can turn them off.
// WCAG 2.1.4

const NAME = "sandbox letters";

export function areLettersOn(): boolean {
  return localStorage.getItem(NAME) !== "off";
}

/** Stored for all tabs and later visits. */
export function turnLetters(isOn: boolean): void {
  localStorage.setItem(NAME, isOn ? "on" : "off");
  showLetters();
}

/** Where they are off, the page does not name them either. */
export function showLetters(): void {
  document.documentElement.classList.toggle("letters-off", !areLettersOn());
}
