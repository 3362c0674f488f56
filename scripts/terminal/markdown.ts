// Shows the words of a lesson, written in Markdown, in the terminal.
import type { Token, Tokens } from "marked";
import { blocksOf, sectionsOf } from "../lab/lessons/words.ts";
import { GLOSSARY } from "../model/words/glossary.ts";
import type { Paint } from "./paint.ts";
import { READING_WIDTH, wrap, wrapCode } from "./text.ts";

interface Page {
  width: number;
  paint: Paint;
}

/** All words, without the title (it stands above them anyway). */
export function renderMarkdown(markdown: string, width: number, paint: Paint): string[] {
  return renderBlocks(blocksOf(markdown), { width: Math.min(width, READING_WIDTH), paint });
}

/** What to take away from a lesson. */
export function renderTakeaways(markdown: string, width: number, paint: Paint): string[] {
  const [list] = sectionsOf(markdown).takeaways;
  return list === undefined
    ? []
    : renderBlock(list, { width: Math.min(width, READING_WIDTH), paint });
}

/** The terms that the words emphasise, with what each means. */
export function renderTerms(markdown: string, width: number, paint: Paint): string[] {
  const terms = [...GLOSSARY].filter(([term]) => markdown.includes(`*${term}*`));
  return terms.flatMap(([term, meaning]) =>
    wrap(`${paint("strong", term)}: ${meaning}`, Math.min(width, READING_WIDTH)),
  );
}

/** How a lesson begins. */
export function renderBeginning(markdown: string, width: number, paint: Paint): string[] {
  return renderBlocks(sectionsOf(markdown).beginning, {
    width: Math.min(width, READING_WIDTH),
    paint,
  });
}

// --- Blocks ---

/** Blocks with a blank line between them. */
function renderBlocks(blocks: readonly Token[], page: Page): string[] {
  // A picture is for the page and for GitHub; its captions are words.
  const shown = blocks.filter((block) => (block as Tokens.Paragraph).tokens?.[0]?.type !== "image");
  return shown.flatMap((block, index) => [...(index > 0 ? [""] : []), ...renderBlock(block, page)]);
}

function renderBlock(block: Token, page: Page): string[] {
  const { width, paint } = page;
  switch (block.type) {
    case "code":
      return (block as Tokens.Code).text
        .split("\n")
        .flatMap((line) => wrapCode(line, width - 4))
        .map((line) => `    ${paint("accent", line)}`);
    case "list":
      return renderList(block as Tokens.List, page);
    case "table":
      return renderTable(block as Tokens.Table, page);
    case "blockquote":
      return indent(renderBlocks((block as Tokens.Blockquote).tokens, narrow(page)), "│ ");
    case "heading":
      return wrap(paint("strong", renderInline(block, paint)), width);
    case "hr":
      return [paint("quiet", "─".repeat(width))];
    default:
      return wrap(renderInline(block, paint), width);
  }
}

function narrow(page: Page): Page {
  return { ...page, width: page.width - 2 };
}

function indent(lines: string[], first: string, others = first): string[] {
  return lines.map((line, index) => (index === 0 ? first : others) + line);
}

function renderList({ items, ordered, start }: Tokens.List, page: Page): string[] {
  return items.flatMap(({ tokens }, index) => {
    const mark = ordered ? `${(start || 1) + index}. ` : "- ";
    const inside = { ...page, width: page.width - mark.length };
    return indent(renderBlocks(tokens, inside), mark, " ".repeat(mark.length));
  });
}

/** A table as one line for each cell, named by its column: columns of sentences do not fit a terminal. */
function renderTable({ header, rows }: Tokens.Table, page: Page): string[] {
  return rows.flatMap((row) =>
    row.flatMap((cell, column) => {
      const text = renderInline({ type: "text", raw: "", tokens: cell.tokens }, page.paint);
      if (column === 0) return wrap(page.paint("strong", text), page.width);
      return indent(wrap(`${header[column]?.text}: ${text}`, page.width - 4), "  ", "    ");
    }),
  );
}

// --- Words in a line ---

function renderInline(token: Token, paint: Paint): string {
  const { tokens } = token as { tokens?: Token[] };
  const inside = (): string =>
    tokens?.map((each) => renderInline(each, paint)).join("") ??
    ("text" in token ? unescape(String(token["text"])) : token.raw);
  switch (token.type) {
    case "strong":
      return paint("strong", inside());
    case "codespan":
      return paint("accent", `\`${inside()}\``);
    case "link": {
      const { href } = token as Tokens.Link;
      return href.startsWith("http") ? `${inside()} (${href})` : inside();
    }
    case "br":
      return " ";
    default:
      return inside().replaceAll("\n", " ");
  }
}

/** Marked escapes for HTML what a terminal shows as it is. */
function unescape(text: string): string {
  const characters: Record<string, string> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };
  return text.replaceAll(
    /&(lt|gt|quot|#39|amp);/g,
    (whole, name: string) => characters[name] ?? whole,
  );
}
