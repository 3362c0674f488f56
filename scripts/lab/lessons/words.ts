// The words of a lesson, written in Markdown, in blocks: for the terminal and for the page.
import { lexer, type Token } from "marked";

/** A lesson's words in the order in which they are read. */
export interface Sections {
  /** What it is about, and nothing that could be predicted. */
  beginning: Token[];
  explanation: Token[];
  takeaways: Token[];
}

/** Paragraphs, lists, code and headings, without the title, which stands above them anyway. */
export function blocksOf(markdown: string): Token[] {
  return lexer(markdown).filter(
    (token) => token.type !== "space" && !(token.type === "heading" && token["depth"] === 1),
  );
}

/** The three parts, without their headings; words without these headings are all explanation. */
export function sectionsOf(markdown: string): Sections {
  const blocks = blocksOf(markdown);
  const at = (heading: string): number =>
    blocks.findIndex((token) => token.type === "heading" && token["text"] === heading);
  const [explained, taken] = [at("What happens"), at("Take away")];
  const end = taken === -1 ? blocks.length : taken;
  return {
    beginning: blocks.slice(0, Math.max(0, explained)),
    explanation: blocks.slice(explained + 1, end),
    takeaways: blocks.slice(end + 1),
  };
}
