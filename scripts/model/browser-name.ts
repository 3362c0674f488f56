// The name and main version of this browser, for the heading of a column. Pure.

/** The part of `navigator` that has the name. */
interface NavigatorNames {
  userAgent: string;
  /** Chromium only. @see https://wicg.github.io/ua-client-hints/ */
  userAgentData?: { brands: { brand: string; version: string }[] };
}

// Most particular first: most of them also say "Chrome" and "Safari".
const PATTERNS: [string, RegExp][] = [
  ["Edge", /\bEdg(?:A|iOS)?\/(\d+)/],
  ["Opera", /\bOPR\/(\d+)/],
  ["Firefox", /\b(?:Firefox|FxiOS)\/(\d+)/],
  ["Chrome", /\b(?:HeadlessChrome|Chrome|CriOS)\/(\d+)/],
  // It gives the version of a Safari that there is not, and its own nowhere.
  ["WebKitGTK", /\(X11;.*\bVersion\/.*\bSafari\//],
  ["Safari", /\bVersion\/(\d+).*\bSafari\//],
];

const BRANDS: Record<string, string> = {
  "Google Chrome": "Chrome",
  HeadlessChrome: "Chrome",
  "Microsoft Edge": "Edge",
};

/** `Firefox 153`, `Chrome 147`, `WebKitGTK`; "This browser" where it does not say. */
export function browserName({ userAgent, userAgentData }: NavigatorNames): string {
  const brands = userAgentData?.brands ?? [];
  // Some brands are made up, so that nobody relies on a fixed list: "Not;A=Brand".
  const own = brands.find(({ brand }) => brand !== "Chromium" && !/not.?a/i.test(brand));
  const known = own ?? brands.find(({ brand }) => brand === "Chromium");
  if (known !== undefined) return `${BRANDS[known.brand] ?? known.brand} ${known.version}`;
  for (const [name, pattern] of PATTERNS) {
    const match = pattern.exec(userAgent);
    if (match !== null) return match[1] === undefined ? name : `${name} ${match[1]}`;
  }
  return "This browser";
}
