// The parts of the page that the first view does not need: each is loaded when it is first to be shown.
import { html, type TemplateResult } from "lit-html";

let tell: () => void = () => undefined;

/** @param listener called when a part has been loaded, so that it can be shown */
export function whenLoaded(listener: () => void): void {
  tell = listener;
}

/** Gives a part once it is loaded; until then undefined, and the loading begins. */
function latePart<Part>(load: () => Promise<Part>): () => Part | undefined {
  let part: Part | undefined;
  let isLoading = false;

  async function begin(): Promise<void> {
    isLoading = true;
    try {
      part = await load();
      tell();
    } catch (error) {
      // Most likely the server is away, as the banner says: what is shown when it is back asks again.
      console.error(error);
      isLoading = false;
    }
  }

  return () => {
    if (part === undefined && !isLoading) void begin();
    return part;
  };
}

export const benchPart = latePart(() => import("../bench/bench-view.ts"));
export const comparePart = latePart(() => import("../compare/compare-view.ts"));
export const wirePart = latePart(async () => {
  const [{ wireView }, { refusalLens }] = await Promise.all([
    import("../wire/wire-element.ts"),
    import("../wire/refusal-lens.ts"),
  ]);
  return { wireView, refusalLens };
});

/** In the place of a page that is being loaded; the heading takes the focus meanwhile. */
export function waitingPage(title: string): TemplateResult {
  return html`<div class="prose"><h1 tabindex="-1">${title}</h1></div>`;
}
