// The sandbox page as a person uses it, in a real browser, from the first lesson to a server that goes away.
import { afterAll, beforeAll } from "vitest";
import { benchTests } from "./visit/bench.ts";
import { keyboardTests } from "./visit/keyboard.ts";
import { lessonTests } from "./visit/lessons.ts";
import { progressTests } from "./visit/progress.ts";
import { serverTests } from "./visit/server.ts";
import { plantedTests } from "./visit/planted.ts";
import { switchTests } from "./visit/switches.ts";
import { viewTests } from "./visit/views.ts";
import { openSite, type Site } from "./visit/site.ts";

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
