// The token as it is sent, its three parts in three colours, and in them the claim that the person points at.
import { html, type TemplateResult } from "lit-html";
import { placesOf } from "../../../scripts/model/token-parts.ts";
import { type DecodedToken, type Part, PARTS } from "./token-text.ts";

/** A claim or a field of the header, or a part as a whole. */
export interface Mark {
  part: Part;
  name?: string;
}

interface Shown {
  /** Undefined where nothing can be read in it: then it has no parts. */
  decoded: DecodedToken | undefined;
  isMasked: boolean;
  mark: Mark | undefined;
}

/** @param text the token */
export function encodedView(text: string, { decoded, isMasked, mark }: Shown): TemplateResult {
  const shown = isMasked ? text.replaceAll(/[^.\n]/g, "•") : text;
  if (decoded === undefined) return html`${shown}`;
  return html`${shown.split(".").map((part, at) => {
    const name = PARTS[at]!;
    const places = mark?.part === name ? placesIn(decoded, mark, part.length) : [];
    return html`${at === 0 ? "" : "."}<span class="part-${name}"
        >${markedPieces(part, places)}</span
      >`;
  })}`;
}

type Place = ReturnType<typeof placesOf>[number];

function placesIn({ texts }: DecodedToken, { part, name }: Mark, length: number): Place[] {
  if (part === "signature" || name === undefined) return [{ start: 0, end: length }];
  return placesOf(name, texts[part]);
}

function markedPieces(text: string, places: Place[]): (string | TemplateResult)[] {
  const pieces = places.map(({ start, end }, at) => {
    const before = text.slice(places[at - 1]?.end ?? 0, start);
    return html`${before}<mark>${text.slice(start, end)}</mark>`;
  });
  return [...pieces, text.slice(places.at(-1)?.end ?? 0)];
}
