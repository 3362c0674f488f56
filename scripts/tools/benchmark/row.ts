// One line of a benchmark: the median, its ratio to the baseline of the same run, how far that varies, and the budget.

/** Measurements of one thing, each beside one of the baseline that was taken right before it. */
export interface Row {
  label: string;
  unit: "µs" | "ms" | "s" | "kB" | "MB";
  values: number[];
  /** One for each value, in the same unit; left out where nothing compares. */
  baselines?: number[];
  /** At most this, this many times the baseline, or this much more than it. */
  budget: { value?: number; ratio?: number; more?: number };
}

const WIDTHS = { label: 27, value: 10, ratio: 8 };

/** Above the rows. */
export function renderRowHead(): string {
  return `${" ".repeat(WIDTHS.label)}${"median".padStart(WIDTHS.value)}${"ratio".padStart(WIDTHS.ratio)}  min–max      budget`;
}

/** In 80 columns. Over the budget is a word in a line, and no failure: machines differ. */
export function renderRow(row: Row): string {
  const { label, unit, values, budget } = row;
  const ratios = ratiosOf(row);
  const value = `${inDigits(median(values))} ${unit}`;
  const ratio = ratios.length === 0 ? "" : median(ratios).toFixed(2);
  const spread = spreadOf(ratios.length === 0 ? values : ratios);
  const parts = [
    ...(budget.ratio === undefined ? [] : [`${budget.ratio} ×`]),
    ...(budget.value === undefined ? [] : [`${budget.value} ${unit}`]),
    ...(budget.more === undefined ? [] : [`${budget.more} ${unit} more`]),
  ];
  const most = `${parts.join(", ")}${isOver(row) ? "  over" : ""}`;
  return (
    label.padEnd(WIDTHS.label) +
    value.padStart(WIDTHS.value) +
    `${ratio.padStart(WIDTHS.ratio)}  ${spread.padEnd(11)}  ${most}`
  ).trimEnd();
}

/** Whether a median is above its budget. */
function isOver(row: Row): boolean {
  const { values, baselines = [], budget } = row;
  const ratios = ratiosOf(row);
  const differences = baselines.map((baseline, index) => values[index]! - baseline);
  return (
    (budget.more !== undefined && median(differences) > budget.more) ||
    (budget.value !== undefined && median(values) > budget.value) ||
    (budget.ratio !== undefined && ratios.length > 0 && median(ratios) > budget.ratio)
  );
}

/** The value in the middle; of an even number of values the upper one of two. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function ratiosOf({ values, baselines = [] }: Row): number[] {
  return baselines.map((baseline, index) => values[index]! / baseline);
}

function spreadOf(values: readonly number[]): string {
  return values.length < 2
    ? ""
    : `${inDigits(Math.min(...values))}–${inDigits(Math.max(...values))}`;
}

/** Three digits say all that a measurement knows. */
function inDigits(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
