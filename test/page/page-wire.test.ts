// The wire on the sandbox page: real traces become diagrams, comparisons and sentences, and nobody's token is shown.
import { afterAll, beforeAll } from "vitest";
import { type Lab, openLab } from "../../scripts/lab/lab.ts";
import { comparisonTests } from "./wire/comparison.ts";
import { diagramTests } from "./wire/diagram.ts";
import { inSightTests } from "./wire/in-sight.ts";
import { pageTests } from "./wire/page.ts";
import { goodTokenOf, type Played, playScenes } from "./wire/scenes.ts";
import { serveWirePage } from "./wire/site.ts";
import { tokenAndRefusalTests } from "./wire/token-and-refusal.ts";
import { closePages, sharedBrowser } from "../helpers/shared-browser.ts";

let lab: Lab;
// The tests look at it only once it is filled.
const played = {} as Played;

beforeAll(async () => {
  const [opened, browser, site] = await Promise.all([
    openLab({ clients: ["browser"] }),
    sharedBrowser(),
    serveWirePage(),
  ]);
  lab = opened;
  const goodToken = goodTokenOf(lab);
  Object.assign(played, { browser, site, goodToken, scenes: await playScenes(lab, goodToken) });
});

afterAll(() => Promise.all([lab.close(), closePages(), played.site.stop()]));

diagramTests(played);
comparisonTests(played);
tokenAndRefusalTests(played);
pageTests(played);
inSightTests(played);
