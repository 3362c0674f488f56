// The sandbox page as a person uses it, in a real browser, from the first lesson to a server that goes away.
import { afterAll, beforeAll } from "vitest";
import { benchTests } from "./page-visit/bench.ts";
import { keyboardTests } from "./page-visit/keyboard.ts";
import { lessonTests } from "./page-visit/lessons.ts";
import { progressTests } from "./page-visit/progress.ts";
import { serverTests } from "./page-visit/server.ts";
import { plantedTests } from "./page-visit/planted.ts";
import { switchTests } from "./page-visit/switches.ts";
import { viewTests } from "./page-visit/views.ts";
import { openSite, type Site } from "./page-visit/site.ts";

let opened: Site | undefined;
const site = (): Site => opened!;

beforeAll(async () => {
  opened = await openSite();
});
afterAll(() => opened?.close());

progressTests(site);
// As long as the log is short: what looks at whole pages looks at each of its lines, too.
viewTests(site);
lessonTests(site);
switchTests(site);
keyboardTests(site);
benchTests(site);
serverTests(site);
plantedTests(site);
