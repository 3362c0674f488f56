// The code that a lesson is about: the parts of the server that it names, each with its heading.
import { html, nothing, type TemplateResult } from "lit-html";
import type { LessonView } from "../../../scripts/model/protocol.ts";
import { codeBlock } from "../shell/code-view.ts";
import { link } from "../shell/links.ts";
import type { State } from "../shell/state.ts";

/** @param hidesComments while the person has yet to predict: comments give the answers away */
export function lessonCode(
  state: State,
  { code }: LessonView,
  hidesComments: boolean,
): TemplateResult {
  return html`<div class="excerpts" tabindex="-1">
    ${hidesComments ? html`<p class="quiet-text">Its comments appear after the run.</p>` : nothing}
    ${code.map(
      ({ overlay, file, heading, source }) =>
        html`<section
          class="excerpt"
          tabindex="-1"
          data-part=${`${overlay ?? ""}/${file}`}
          data-heading=${heading}
        >
          <div class="excerpt-head">
            <h2>${heading}</h2>
            ${overlay === undefined ? compareLink(state, file) : weakerForm(overlay, file)}
          </div>
          ${codeBlock(hidesComments ? withoutComments(excerptOf(source)) : excerptOf(source))}
        </section>`,
    )}
  </div>`;
}

function compareLink(state: State, file: string): TemplateResult {
  return html`<a href=${link(state, { page: "compare", what: file })}
    >compare <code>${file}</code></a
  >`;
}

function weakerForm(overlay: string, file: string): TemplateResult {
  return html`<span>weaker form <code>${overlay}/${file}</code>, not to be copied</span>`;
}

/** Without its own heading, which stands above it, and from the left margin. Pure. */
function excerptOf(source: string): string {
  const lines = source.replace(/^\s*\/\/ --- .* ---\n+/, "").split("\n");
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const indent = Math.min(...indents);
  return lines.map((line) => line.slice(indent)).join("\n");
}

/** Without the lines that are only comments. Pure. */
function withoutComments(code: string): string {
  const lines = code.split("\n").filter((line) => !line.trimStart().startsWith("//"));
  return lines.join("\n");
}
