// The words of a lesson, written in Markdown, in blocks: for the terminal and for the page.
import { lexer, type Token } from "marked";

/** Paragraphs, lists, code and headings, without the title, which stands above them anyway. */
export function blocksOf(markdown: string): Token[] {
  return lexer(markdown).filter(
    (token) => token.type !== "space" && !(token.type === "heading" && token["depth"] === 1),
  );
}

/** How a lesson begins: its first paragraph, and the code that belongs to it. What comes of it is not told there. */
export function beginningOf(markdown: string): Token[] {
  const blocks = blocksOf(markdown);
  return blocks.slice(0, blocks[1]?.type === "code" ? 2 : 1);
}
