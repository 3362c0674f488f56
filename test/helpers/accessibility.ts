// What axe finds on a page (https://github.com/dequelabs/axe-core), the same for all pages.
import axe from "axe-core";
import type { Page } from "playwright-core";

interface Look {
  /** The selector of what is looked at; the whole page, if left out. */
  part?: string | undefined;
  /** The rules to look by; all, if left out. */
  rules?: string[];
}

/** What axe finds, one line each. The page must not forbid a script from elsewhere. */
export async function accessibilityFaults(
  page: Page,
  { part, rules }: Look = {},
): Promise<string[]> {
  if (!(await page.evaluate<boolean>("'axe' in globalThis"))) await page.evaluate(axe.source);
  // What is right would be told with a selector for each element, which takes longer than the rules themselves.
  const options = { resultTypes: ["violations"], ...(rules && { runOnly: rules }) };
  const given = `${JSON.stringify(part ?? "html")}, ${JSON.stringify(options)}`;
  const { violations } = await page.evaluate<axe.AxeResults>(`axe.run(${given})`);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}
