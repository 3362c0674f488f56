// Renders the words of a lesson as HTML that is safe to put into the page.
import { Marked } from "marked";

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

// Lessons are Markdown: HTML in them is shown as it is written, and links lead to web pages or headings only.
const marked = new Marked({
  renderer: {
    html: ({ text }) => escape(text),
    image: ({ text }) => escape(text),
    link({ href, tokens }) {
      const words = this.parser.parseInline(tokens);
      if (!/^(?:https?:\/\/|#)/.test(href)) return words;
      return `<a href="${escape(href)}" rel="noreferrer">${words}</a>`;
    },
  },
});

/** @param markdown the lesson's README; its first heading is left out, since the page shows the title itself */
export function renderWords(markdown: string): string {
  return marked.parse(markdown.replace(/^# .*\n/, ""), { async: false });
}
