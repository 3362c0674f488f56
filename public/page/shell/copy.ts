// A button that copies a text, and says how that went.
import { html, type TemplateResult } from "lit-html";

/** How long it says so. */
const SAID_MS = 4_000;
const clearing = new WeakMap<Element, number>();

/** @param textOf called when it is pressed */
export function copyButton(name: string, textOf: () => string): TemplateResult {
  return html`<span class="copy">
    <button
      type="button"
      class="button"
      @click=${({ currentTarget }: Event) => void copy(currentTarget as Element, textOf())}
    >
      ${name}
    </button>
    <span class="copy-said" role="status"></span>
  </span>`;
}

async function copy(button: Element, text: string): Promise<void> {
  const said = button.nextElementSibling!;
  // Emptied first, so that a screen reader reads it again.
  said.textContent = "";
  clearTimeout(clearing.get(said));
  try {
    await navigator.clipboard.writeText(text);
    said.textContent = "Copied";
  } catch {
    // It may have no clipboard, since the page is not from a secure context, or not let the page use it.
    said.textContent = "The browser does not let this page copy.";
  }
  const clear = (): void => void (said.textContent = "");
  clearing.set(said, window.setTimeout(clear, SAID_MS));
}
