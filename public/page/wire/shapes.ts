// Shapes that tell TCP connections apart, beside their number. Pure.

const SHAPES = ["circle", "square", "diamond", "hexagon", "triangle", "pentagon"] as const;

/** The word for a connection's shape, for the list of steps and the legend. */
export function shapeOf(connection: number): (typeof SHAPES)[number] {
  return SHAPES[(connection - 1) % SHAPES.length]!;
}

/** The corners of a shape as the points of an SVG polygon; a circle has so many that none is seen. */
export function shapePoints(connection: number, x: number, y: number, radius: number): string {
  const { corners, turn, size } = FORMS[shapeOf(connection)];
  return Array.from({ length: corners }, (_, corner) => {
    const angle = ((corner + turn) / corners) * 2 * Math.PI - Math.PI / 2;
    const [right, down] = [Math.cos(angle), Math.sin(angle)];
    return `${rounded(x + right * radius * size)},${rounded(y + down * radius * size)}`;
  }).join(" ");
}

function rounded(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}

// The sizes make room for the same number in each.
const FORMS: Record<(typeof SHAPES)[number], { corners: number; turn: number; size: number }> = {
  circle: { corners: 24, turn: 0, size: 1 },
  square: { corners: 4, turn: 0.5, size: 1.25 },
  diamond: { corners: 4, turn: 0, size: 1.3 },
  hexagon: { corners: 6, turn: 0.5, size: 1.1 },
  triangle: { corners: 3, turn: 0, size: 1.45 },
  pentagon: { corners: 5, turn: 0, size: 1.15 },
};
