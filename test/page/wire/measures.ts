// What a test measures in a drawing: the contrast of its texts, and letters that a line or a number crosses.

// axe does not look at text in SVG. This runs in the page: the colour of each text, and of the ground that it stands on.
export function readColours(): [text: string, ground: string][] {
  return [...document.querySelectorAll(".wire-diagram text:not(.wire-spoken)")].map((text) => {
    const back = text.closest(".wire-row")?.querySelector(".wire-back");
    const ground = back
      ? getComputedStyle(back).fill
      : getComputedStyle(text.closest("svg")!).backgroundColor;
    return [getComputedStyle(text).fill, ground];
  });
}

/** @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrastOf([text, ground]: [string, string]): number {
  const [dark, light] = [luminanceOf(text), luminanceOf(ground)].toSorted((one, two) => one - two);
  return (light! + 0.05) / (dark! + 0.05);
}

/** @param colour `rgb(11, 110, 79)` */
function luminanceOf(colour: string): number {
  const [red, green, blue] = colour.match(/[\d.]+/g)!.map((part) => {
    const level = Number(part) / 255;
    return level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

/** How many connections' numbers touch the letters of their row, and how many letters no ground keeps clear of the lines. */
export function countCrossings(): { numbers: number; lines: number } {
  const inks = [...document.querySelectorAll<SVGTextElement>(".wire-row .wire-text")].map(
    (text) => {
      const { x, width } = text.getBBox();
      const baseline = Number(text.getAttribute("y"));
      const size = Number.parseFloat(getComputedStyle(text).fontSize);
      const [top, bottom] = [baseline - 0.75 * size, baseline + 0.2 * size];
      return { row: text.closest(".wire-row"), left: x, right: x + width, top, bottom };
    },
  );
  const meets =
    (element: SVGGraphicsElement, isAround: boolean) => (ink: (typeof inks)[number]) => {
      const { x, y, width, height } = element.getBBox();
      if (ink.row !== element.closest(".wire-row")) return false;
      if (isAround)
        return x <= ink.left && x + width >= ink.right && y <= ink.top && y + height >= ink.bottom;
      return x < ink.right && x + width > ink.left && y < ink.bottom && y + height > ink.top;
    };
  const badges = [...document.querySelectorAll<SVGPolygonElement>(".wire-row .wire-badge")];
  const grounds = [...document.querySelectorAll<SVGRectElement>(".wire-row .wire-text-ground")];
  return {
    numbers: badges.filter((badge) => inks.some(meets(badge, false))).length,
    lines: inks.filter((ink) => !grounds.some((ground) => meets(ground, true)(ink))).length,
  };
}
