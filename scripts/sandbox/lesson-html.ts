// Renders the words of a lesson as HTML that is safe to put into the page, with words that act: rows, code, terms.
import { Marked } from "marked";
import { lineClass } from "../model/code-line.ts";
import { writeAddress } from "../model/address.ts";
import { GLOSSARY } from "../model/words/glossary.ts";
import { blocksOf, type Sections, sectionsOf } from "../lab/lessons/words.ts";

const ESCAPES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character]!);
}

function codeLine(line: string): string {
  return `<span class="${lineClass(line)}">${escape(line)}</span>`;
}

/** The pictures beside the words, by their file's name: SVG as it is written. */
type Pictures = ReadonlyMap<string, string>;

// Lessons are Markdown: HTML in them is shown as it is written.
function markedFor(lesson: number, pictures: Pictures): Marked {
  return new Marked({
    renderer: {
      html: ({ text }) => escape(text),
      image({ href, text }) {
        const picture = pictures.get(href);
        return picture === undefined
          ? escape(text)
          : // A function: in a string, $& would stand for what is replaced.
            picture.replace("<svg ", () => `<svg role="img" aria-label="${escape(text)}" `);
      },
      code: ({ text }) => `<pre><code>${text.split("\n").map(codeLine).join("")}</code></pre>`,
      em({ tokens, text }) {
        const words = this.parser.parseInline(tokens);
        const meaning = GLOSSARY.get(text);
        if (meaning === undefined) return `<em>${words}</em>`;
        return `<span class="term" tabindex="0">${words}<span class="term-meaning" role="note">${escape(meaning)}</span></span>`;
      },
      link({ href, text, tokens }) {
        return linkTo(href, text, { lesson, words: this.parser.parseInline(tokens) });
      },
    },
  });
}

/** On GitHub these links lead to files; here they open a row, a piece of code, a lesson. Others lead to web pages. */
function linkTo(
  href: string,
  text: string,
  { lesson, words }: { lesson: number; words: string },
): string {
  const [, attempt] = /^lesson\.json#([a-z0-9-]+)$/.exec(href) ?? [];
  const [, next] = /^\.\.\/(\d\d)-[a-z0-9-]+\/README\.md$/.exec(href) ?? [];
  const [, overlay, file] =
    /^(?:\.\.\/\.\.\/variants\/cjs|([a-z0-9-]+))\/([a-z-]+)\.cjs$/.exec(href) ?? [];
  if (attempt !== undefined) {
    const view = { page: "lesson", number: lesson } as const;
    const address = writeAddress({ view, chosen: {}, cell: { attempt, client: "browser" } });
    return `<a class="${text.startsWith("**") ? "chip" : "trace-link"}" data-attempt="${attempt}" href="${escape(address)}">${words}</a>`;
  }
  if (next !== undefined) return `<a class="next" href="/lesson/${Number(next)}">${words}</a>`;
  if (file !== undefined)
    return `<a class="code-link" href="#code" data-file="${file}" data-overlay="${overlay ?? ""}" data-heading="${escape(/^"(.+)"$/s.exec(text)?.[1]?.replaceAll(/\s+/g, " ") ?? "")}">${words}</a>`;
  return /^(?:https?:\/\/|#)/.test(href)
    ? `<a href="${escape(href)}" rel="noreferrer">${words}</a>`
    : words;
}

/** Other words that belong to a lesson, such as a hint. */
export function renderPart(markdown: string, lesson: number): string {
  return markedFor(lesson, new Map()).parser(blocksOf(markdown));
}

/** The words of a lesson, part by part. @param markdown its README */
export function renderWords(
  markdown: string,
  lesson: number,
  pictures: Pictures = new Map(),
): Record<keyof Sections, string> {
  const marked = markedFor(lesson, pictures);
  const { beginning, explanation, takeaways } = sectionsOf(markdown);
  return {
    beginning: marked.parser(beginning),
    explanation: marked.parser(explanation),
    takeaways: marked.parser(takeaways),
  };
}
