// Renders the words of a lesson as HTML that is safe to put into the page.
import { Marked } from "marked";
import { lineClass } from "../model/code-line.ts";
import { beginningOf, blocksOf } from "../lab/lessons/words.ts";

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

// Lessons are Markdown: HTML in them is shown as it is written, and links lead to web pages or headings only.
const marked = new Marked({
  renderer: {
    html: ({ text }) => escape(text),
    image: ({ text }) => escape(text),
    code: ({ text }) => `<pre><code>${text.split("\n").map(codeLine).join("")}</code></pre>`,
    link({ href, tokens }) {
      const words = this.parser.parseInline(tokens);
      if (!/^(?:https?:\/\/|#)/.test(href)) return words;
      return `<a href="${escape(href)}" rel="noreferrer">${words}</a>`;
    },
  },
});

/** The words of a lesson, and how they begin. @param markdown its README */
export function renderWords(markdown: string): { html: string; beginning: string } {
  return {
    html: marked.parser(blocksOf(markdown)),
    beginning: marked.parser(beginningOf(markdown)),
  };
}
