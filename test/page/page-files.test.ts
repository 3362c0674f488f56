// What the page loads: no style that nothing uses, and little at first.
import { readdir, readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { pageFiles } from "../../scripts/sandbox/page-files.ts";

it("has no style for a class that nothing writes", async () => {
  // That of the exercise has much that is the editor's.
  const sheets = [...(await pageFiles())].filter(([name]) => /(?<!exercise)\.css$/.test(name));
  const style = sheets.map(([, { body }]) => Buffer.from(body).toString()).join("\n");
  const styled = new Set(style.match(/(?<=\.)[a-z][\w-]*(?=[^{}]*\{)/g));
  const folders = ["public/page", "scripts/model", "scripts/sandbox", "lessons"];
  const lists = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(folder, { recursive: true })).map((name) => `${folder}/${name}`),
    ),
  );
  const names = lists.flat().filter((name) => /\.(?:ts|svg|html)$/.test(name));
  const text = (await Promise.all(names.map((name) => readFile(name, "utf8")))).join("\n");
  const words = new Set(text.match(/[\w-]+/g));
  // `icon-${name}` writes all that begin so.
  const beginnings = Array.from(text.matchAll(/([\w-]+-)\$\{/g), ([, start]) => start!);
  const isWritten = (name: string): boolean =>
    words.has(name) || beginnings.some((start) => name.startsWith(start));
  expect(styled.size).toBeGreaterThan(200);
  expect([...styled].filter((name) => !isWritten(name))).toEqual([]);
});

it("comes with less than 80 kB of code, style and font", async () => {
  const files = await pageFiles();
  const first = new Set(["/index.html", "/style.css", "/main.js"]);
  // Grows while it is walked: what a script imports at once comes with it, what it imports late does not.
  for (const name of first)
    for (const [, path] of Buffer.from(files.get(name)!.body)
      .toString()
      .matchAll(/(?:(?:from|import)"|url\(")(\.[^"]+\.(?:js|woff2))"/g))
      first.add(new URL(path!, `http://localhost${name}`).pathname);
  expect(first.size).toBeGreaterThan(3);
  const sizes = Array.from(first, (name) => gzipSync(files.get(name)!.body).byteLength);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(80_000);
});
