// A page with nothing on it but the wire and the refusal lens, served with the sandbox's strict policy.
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { withEsbuild } from "../../../scripts/lab/esbuild.ts";
import type { Played, Scene } from "./scenes.ts";

const ENTRY = `
import { html, nothing, render } from "lit-html";
import { refusalLens } from "./public/page/wire/refusal-lens.ts";
import { wireView } from "./public/page/wire/wire-element.ts";
globalThis.clear = () => {
  render(nothing, document.body);
  scrollTo(0, 0);
};
globalThis.show = ({ browser, node }, now) => {
  const names = { browser: "Chrome 147", node: "Node" };
  const cells = [browser, node].filter(Boolean);
  globalThis.shown = (globalThis.shown ?? 0) + 1;
  render(html\`<main><h1>One attempt</h1><h2>Row</h2>
    \${wireView({ cells, names, first: cells[0]?.client, about: { title: "Row", fileName: "lesson 0 Row " + shown } })}
    \${refusalLens({ browser, node, names, now })}</main>\`, document.body);
};`;
const STYLE = `
@import "./public/page/shell/theme.css";
@import "./public/page/shell/base.css";`;
const DOCUMENT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>The wire</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/page.css">
<script type="module" src="/page.js"></script><body></body></html>`;

const TYPES: Record<string, string> = {
  js: "text/javascript",
  css: "text/css",
  woff2: "font/woff2",
};

type Place = Pick<Played, "browser" | "site">;

interface Opened {
  page: Page;
  complaints: string[];
}

export interface WireSite {
  readonly origin: string;
  /** The one page of all tests, once there is one. */
  opened?: Promise<Opened>;
  stop(): Promise<void>;
}

/** Bundles the page and serves it. */
export async function serveWirePage(): Promise<WireSite> {
  const files = new Map([
    ...(await bundle("page.js", ENTRY)),
    ...(await bundle("page.css", STYLE)),
    // The element asks for its own.
    ...(await bundle("wire.css", '@import "./public/page/wire/style.css";')),
  ]);
  const server = createServer(({ url = "/" }, res) => {
    res.setHeader("content-security-policy", "default-src 'self'");
    res.setHeader("content-type", TYPES[url.split(".").at(-1)!] ?? "text/html");
    res.end(url === "/" ? DOCUMENT : files.get(url));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, stop: () => stop(server) };
}

/** The files that come of it, by their paths. */
async function bundle(name: string, contents: string): Promise<[string, Uint8Array][]> {
  // The lab opens at the same time, and stops the bundler unless it is known to be in use.
  const { outputFiles } = await withEsbuild((esbuild) =>
    esbuild.build({
      stdin: {
        contents,
        loader: name.endsWith("css") ? "css" : "ts",
        resolveDir: process.cwd(),
        sourcefile: name,
      },
      outfile: `/${name}`,
      bundle: true,
      write: false,
      format: "esm",
      loader: { ".woff2": "file" },
    }),
  );
  return outputFiles.map(({ path, contents: bytes }) => [path, bytes]);
}

async function stop(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}

export interface Visit {
  width: number;
  height?: number;
  colorScheme?: "light" | "dark";
}

async function openPage({ browser, site }: Place): Promise<Opened> {
  const page = await (await browser.newContext()).newPage();
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(site.origin);
  return { page, complaints };
}

/**
 * A page that shows the scene and nothing of the one before. It stores all that the browser complains about, above
 * all violations of the policy.
 */
export async function visitWire(
  place: Place,
  scene: Partial<Scene>,
  { width, height = 900, colorScheme = "light" }: Visit,
): Promise<Opened> {
  const { page, complaints } = await (place.site.opened ??= openPage(place));
  complaints.length = 0;
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme, media: "screen" });
  await page.evaluate("clear()");
  await showScene(page, scene);
  await page.evaluate("document.fonts.ready.then(() => undefined)");
  return { page, complaints };
}

/** Shows another scene on the page, as another attempt. */
export async function showScene(page: Page, scene: Partial<Scene>): Promise<void> {
  const now = Math.floor(Date.now() / 1000);
  await page.evaluate(`show(${JSON.stringify(scene)}, ${now})`);
  if (scene.browser ?? scene.node) await page.locator(".wire-diagram").first().waitFor();
}
