// What is in sight: the part of the page that scrolls around the diagram, and how things are placed and brought into it.
// Custom properties carry the places, as the page's policy forbids style attributes.

/** The part of a scrolling element that nothing covers, in pixels of the window. */
interface Port {
  scroller: Element;
  /** How much of its upper edge is covered by what stays in sight there. */
  covered: number;
  top: number;
  bottom: number;
}

/** Between a row and its details, and below them. */
const MARGIN = 8;
/** The details are never less high, however little there is to see them in. */
const LEAST_ROOM = 120;

/** How large the reader has text; 1 is as browsers have it at first. */
export function textScale(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
}

export function portAround(view: Element): Port {
  let covered = 0;
  let each = view.querySelector(".wire-body") ?? view;
  for (; each.parentElement !== null; each = each.parentElement) {
    covered = Math.max(covered, stickyBefore(each));
    const scroller = each.parentElement;
    if (scroller === document.body || !/auto|scroll/.test(getComputedStyle(scroller).overflowY))
      continue;
    const { top } = scroller.getBoundingClientRect();
    // What stays in sight stays below the padding, unless it is moved up by as much.
    const padding = parseFloat(getComputedStyle(scroller).paddingTop);
    const bottom = top + scroller.clientHeight;
    return { scroller, covered: covered - padding, top: top + covered, bottom };
  }
  const scroller = document.documentElement;
  const bottom = innerHeight - (parseFloat(getComputedStyle(scroller).scrollPaddingBottom) || 0);
  return { scroller, covered, top: covered, bottom };
}

/** How high what stands before an element and stays in sight is. */
function stickyBefore(element: Element): number {
  let height = 0;
  for (let each = element.previousElementSibling; each; each = each.previousElementSibling)
    if (getComputedStyle(each).position === "sticky") height += each.getBoundingClientRect().height;
  return height;
}

/** Puts the details below their row, as high as what there is to see both in. @returns how much room they take below the row */
export function placePanel(view: HTMLElement): number {
  const port = portAround(view);
  view.style.setProperty("--covered", `${port.covered}px`);
  const panel = view.querySelector<HTMLElement>(".wire-panel");
  const row = view.querySelector('.wire-row[aria-selected="true"] .wire-back');
  if (panel === null || row === null) return 0;
  const at = row.getBoundingClientRect();
  const body = panel.closest(".wire-body")!.getBoundingClientRect();
  const room = port.bottom - port.top - headHeight(view) - at.height - 3 * MARGIN;
  panel.style.setProperty("--top", `${at.bottom - body.top + MARGIN}px`);
  panel.style.setProperty("--room", `${Math.max(room, LEAST_ROOM)}px`);
  return panel.offsetHeight + 2 * MARGIN;
}

function headHeight(view: HTMLElement): number {
  return view.querySelector<HTMLElement>(".wire-heads")!.offsetHeight;
}

/** Scrolls as little as shows a row, below the names of the lanes, and its details. */
export function showRow(view: HTMLElement, row: Element): void {
  const { scroller, top, bottom } = portAround(view);
  const at = row.getBoundingClientRect();
  const end = (view.querySelector(".wire-panel") ?? row).getBoundingClientRect().bottom + MARGIN;
  const down = Math.max(0, end - bottom);
  const up = Math.min(0, at.top - headHeight(view) - down - top);
  if (down + up !== 0) scroller.scrollBy(0, down + up);
}
