// A person's way through an exercise on the page: nothing that was typed is lost, and every save is checked.
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readIfThere } from "../../scripts/lab/stored-file.ts";
import { folderOf, ROOT } from "../../scripts/lab/servers/variants.ts";
import type { StoredPass } from "../../scripts/sandbox/keys.ts";
import { openSandbox, type Sandbox } from "../../scripts/sandbox/sandbox.ts";
import { accessibilityFaults } from "../helpers/accessibility.ts";
import { ENDLESS } from "../helpers/endless.ts";
import { lastingPort } from "../helpers/lasting-port.ts";
import { editorOf, goBefore, problemOf, replaceAll } from "./visit/editor.ts";
import { openSite, plain, type Site, texts, visit } from "./visit/site.ts";
import { SMALL_SUITE } from "../helpers/small-suite.ts";

const WORK = path.join(ROOT, "work", `.test-page-${process.pid}`);
const loadSuite = async () => SMALL_SUITE;
const LIMIT = { timeout: 180_000 };

let site: Site;
beforeAll(async () => {
  process.env["WORK_FOLDER"] = WORK;
  site = await openSite({ loadSuite });
});
afterAll(async () => {
  await site.close();
  delete process.env["WORK_FOLDER"];
  await rm(WORK, { recursive: true, force: true });
});

/** @param name of a file, in the folder of working copies */
async function lastVersion(name: string): Promise<string | undefined> {
  const { dir, base } = path.parse(path.join(WORK, ".history", name));
  const last = (await readdir(dir)).toSorted().at(-1)!;
  return readIfThere(path.join(dir, last, base));
}

it("leads from the lesson through a syntax error and a loop to the solution", LIMIT, async () => {
  const NAME = path.join("04-passport-or-manual", "cjs", "manual.cjs");
  const FILE = path.join(WORK, NAME);
  const solution = await readFile(path.join(folderOf("cjs"), "manual.cjs"), "utf8");
  await visit(site, { path: "/lesson/4", bypassCSP: true }, async (page) => {
    page.on("dialog", (dialog) => void dialog.accept());
    const editor = editorOf(page);
    const state = page.locator(".edit-state");
    await page.getByRole("link", { name: "Exercise 4", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Read the header as Passport" }).waitFor();
    await page.getByText(/^(\d+) of \1 others still pass$/).waitFor();
    const start = await readFile(FILE, "utf8");
    expect(await editor.inputValue()).toBe(start);
    expect(await texts(page.locator(".check-line"))).toContainEqual(
      expect.stringMatching(/failed: ?Spelled Bearer: ours.*the server says ?The scheme is not/),
    );

    // A syntax error: marked, explained, and one key away.
    await goBefore(page, "const header");
    await page.keyboard.type("const = 1;\n");
    expect(await state.textContent()).toBe("Not saved");
    await page.keyboard.press("Control+s");
    await problemOf(page)
      .getByText("manual.cjs, line 10: SyntaxError: Unexpected token '='")
      .waitFor();
    expect(plain(await page.locator(".has-error").textContent())).toBe("const = 1;");
    expect(await editor.getAttribute("aria-invalid")).toBe("true");
    expect(await page.locator("p[role=status].visually-hidden").textContent()).toMatch(
      /failed: manual\.cjs, line 10: SyntaxError/,
    );
    expect(await accessibilityFaults(page)).toEqual([]);
    // Esc leads out of the editor, where Tab indents.
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    expect(await problemOf(page).evaluate((each) => each === document.activeElement)).toBe(true);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Home");
    await page.keyboard.press("Tab");
    expect(await editor.inputValue()).toContain("\n        const = 1;\n");

    // A loop.
    await replaceAll(page, start.replace("const header", `${ENDLESS}\n      const header`));
    await page.keyboard.press("Control+s");
    await problemOf(page)
      .getByText("manual.cjs, line 10: Your code loops without an end")
      .waitFor();

    // What is not saved is there after a reload, and so is the way back.
    await goBefore(page, ENDLESS);
    await page.keyboard.type("// unsaved\n");
    await page.reload();
    await state.getByText("Not saved", { exact: true }).waitFor();
    expect(await editor.inputValue()).toContain(`// unsaved\n      ${ENDLESS}`);
    await editor.focus();
    // By words: the end of the line, "unsaved", the slashes.
    for (let times = 0; times < 3; times += 1) await page.keyboard.press("Control+z");
    await state.getByText("Saved", { exact: true }).waitFor();
    await page.keyboard.press("Control+y");
    expect(await editor.inputValue()).toContain(`//${ENDLESS}`);
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");
    expect(await editor.inputValue()).toContain("\n        const = 1;\n");

    // Another editor saves meanwhile: neither text is written over.
    const mine = await editor.inputValue();
    await writeFile(FILE, `// another hand\n${start}`);
    const choice = page.getByRole("alert").filter({ hasText: "was saved elsewhere" });
    await choice.getByRole("button", { name: "Compare" }).click();
    const compared = page.getByRole("region", { name: "manual.cjs: on the disk, and mine" });
    await compared.getByText("// another hand").waitFor();
    expect(await readFile(FILE, "utf8")).toContain("// another hand");
    await choice.getByRole("button", { name: "Keep mine" }).click();
    await state.getByText("Saved", { exact: true }).waitFor();
    expect(await readFile(FILE, "utf8")).toBe(mine);
    // Without changes here, what the other one saves is taken over.
    await writeFile(FILE, start);
    await expect.poll(() => editor.inputValue()).toBe(start);

    // By the keys of the terminal, once out of the editor.
    await editor.press("Escape");
    await page.keyboard.press("h");
    await page.keyboard.press("h");
    await page.getByRole("listitem").filter({ hasText: "startsWith and slice" }).waitFor();
    expect(await page.locator(".hints li").count()).toBe(2);
    await page.keyboard.press("s");
    await page.getByRole("button", { name: "Cancel" }).click();
    expect(await page.locator(".exercise-panel h2").textContent()).toMatch(/on the disk/);
    await page.keyboard.press("s");
    await page.getByRole("button", { name: "Show it" }).click();
    const toSolution = page.getByRole("region", { name: "from mine to the solution" });
    await toSolution.getByText("readBearerToken(req)").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "on the wire: Spelled Bearer: ours" }).click();
    await page.locator(".wire-diagram").getByText("401 Unauthorized", { exact: true }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);

    // Half of it: a hint for what fails now, once a row of the start passes. Before that nothing has been changed.
    const fitting = page.getByText("A hint for what fails now");
    expect(await fitting.count()).toBe(0);
    await replaceAll(
      page,
      start.replace('!header.startsWith("bearer ")', "!/^bearer /i.test(header)"),
    );
    await page.keyboard.press("Control+s");
    await fitting.click();
    await page.getByText("You accept any case now.").waitFor();

    await replaceAll(page, solution);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    const solved = page.getByRole("region", { name: "Solved." });
    await solved.getByRole("link", { name: /^exercise 4b: / }).waitFor();
    await page.getByText(/^the whole suite: (\d+) of \1$/).waitFor();
    expect(await readFile(FILE, "utf8")).toBe(solution);

    // Back to the start, and from there to what was written.
    await editor.press("Escape");
    await page.keyboard.press("x");
    await page.getByRole("button", { name: "Begin again", exact: true }).click();
    await expect.poll(() => editor.inputValue()).toBe(start);
    // Stored while it is checked.
    await expect.poll(() => lastVersion(NAME)).toBe(start);
    await page.keyboard.press("u");
    const versions = page.getByRole("region", { name: "Earlier versions" }).getByRole("listitem");
    await versions
      .nth(1)
      .getByRole("button", { name: /^Bring back/ })
      .click();
    await expect.poll(() => editor.inputValue()).toBe(solution);

    // Each format has its own files, and this one stays as it is.
    await page.getByRole("radio", { name: "esm" }).check();
    await page.getByRole("textbox", { name: "manual.mjs" }).waitFor();
    expect(await editor.inputValue()).toContain("export function createManualCheck");
    expect(await readFile(FILE, "utf8")).toBe(solution);
    await page.setViewportSize({ width: 390, height: 800 });
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await editor.evaluate((each) => getComputedStyle(each).fontSize)).toBe("16px");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      390,
    );
    expect(await accessibilityFaults(page, { rules: ["color-contrast"] })).toEqual([]);
    await page.getByRole("link", { name: "lesson 4: Passport or manual" }).first().click();
    await page.getByText("(solved in cjs)").waitFor();
  });
});

/** Sandboxes at one port, one after the other, as a person starts them. */
function sandboxesAt(port: number): () => Promise<Sandbox> {
  let passes: readonly StoredPass[] = [];
  return () =>
    openSandbox({
      port,
      passes,
      onPasses: async (kept) => void (passes = kept),
      startsAhead: false,
      loadSuite,
      onMistake: (error) => site.mistakes.push(error),
    });
}

it("goes on after a crash of the server, and after the sandbox was away", LIMIT, async () => {
  const FILE = path.join(WORK, "02-the-header-on-the-handshake", "esm", "handshake.mjs");
  const open = sandboxesAt(await lastingPort());
  let own = await open();
  try {
    await visit(site, { path: own.address("/exercise/2?variant=esm") }, async (page) => {
      page.on("dialog", (dialog) => void dialog.accept());
      await page.getByText(/^(\d+) of \1 others still pass$/).waitFor();
      const start = await readFile(FILE, "utf8");
      await goBefore(page, "requireBearer(req, res, next);");
      await page.keyboard.type("process.exit(3);\n");
      await page.keyboard.press("Control+s");
      await problemOf(page)
        .getByText(/line 12: Error: process\.exit\(3\) was called/)
        .waitFor();

      await replaceAll(page, start);
      await goBefore(page, "    // Everything comes through here");
      await page.keyboard.type("    if (req._query.sid) ");
      await own.close();
      await page.getByRole("alert").filter({ hasText: "not reachable" }).waitFor();
      await page.keyboard.type("return next();");
      await page.keyboard.press("Control+s");
      const state = page.locator(".edit-state");
      await state.getByText("Saved as soon as the sandbox is back").waitFor();
      expect(await readFile(FILE, "utf8")).toContain("process.exit(3)");
      own = await open();
      await state.getByText("Saved", { exact: true }).waitFor();
      await page.getByRole("region", { name: "Solved." }).waitFor();
      expect(await readFile(FILE, "utf8")).toContain("    if (req._query.sid) return next();");
    });
  } finally {
    await own.close();
  }
});
