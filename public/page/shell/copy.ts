// A button that copies a text, and says how that went.
import { html, type TemplateResult } from "lit-html";

/** How long it says so. */
const SAID_MS = 4_000;

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
  try {
    await navigator.clipboard.writeText(text);
    said.textContent = "Copied";
  } catch {
    // It may have no clipboard, since the page is not from a secure context, or not let the page use it.
    said.textContent = "The browser does not let this page copy.";
  }
  setTimeout(() => (said.textContent = ""), SAID_MS);
}
