// Places the card of a token below the token.

/**
 * Puts a card below something, and within the view that holds both. Custom properties carry the place, as the page's policy
 * forbids style attributes.
 */
export function placeBelow(card: HTMLElement, token: Element, view: HTMLElement): void {
  const [outer, at] = [view.getBoundingClientRect(), token.getBoundingClientRect()];
  const rightmost = view.clientWidth - card.offsetWidth;
  const left = Math.max(0, Math.min(at.left - outer.left, rightmost));
  card.style.setProperty("--left", `${left}px`);
  card.style.setProperty("--top", `${at.bottom - outer.top}px`);
}
