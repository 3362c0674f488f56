// The servers that are one flip away run before anybody flips: for the terminal and for the page.
import { EventEmitter, once } from "node:events";
import type { Socket } from "socket.io-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readLessons } from "../scripts/lab/lessons/files.ts";
import {
  benchScene,
  findNeighbours,
  lessonScene,
  ownScene,
  type Scene,
} from "../scripts/lab/servers/neighbours.ts";
import { openSandbox, type Sandbox } from "../scripts/sandbox/sandbox.ts";
import { warmAhead } from "../scripts/sandbox/ahead.ts";
import { type ServerSwitches, switchesFor } from "../scripts/model/switches.ts";
import { MOST_IDLE, type ServerChoice } from "../scripts/lab/servers/pool.ts";
import type { Transport } from "../scripts/model/vocabulary.ts";
import { createWarmer, type Warmer } from "../scripts/lab/servers/warmer.ts";
import { enter } from "./control-page.ts";

const lessons = await readLessons();
const both: Transport[] = ["polling", "websocket"];
const SWITCHES: ServerSwitches = { variant: "cjs", auth: "passport", serverTransports: both };

function nameOf({ variant, auth, serverTransports }: ServerChoice): string {
  return `${variant} ${auth} ${serverTransports.join()}`;
}

function namesFor(scene: Scene): string[] {
  return findNeighbours(scene, SWITCHES).map(nameOf);
}

describe("the servers that are one flip away", () => {
  it("are those of every other value of one switch, the next values first", () => {
    expect(namesFor(ownScene)).toEqual([
      "esm passport polling,websocket",
      "cjs manual polling,websocket",
      "cjs passport websocket",
      "ts passport polling,websocket",
      "cjs payload polling,websocket",
      "cjs passport polling",
    ]);
  });

  it("are only those that the lesson lets a person flip to", () => {
    const names = namesFor(lessonScene(lessons.find(({ slug }) => slug === "websocket-only")!));
    expect(names).toContain("esm passport polling,websocket");
    expect(names).toContain("cjs manual polling,websocket");
    // A row of the lesson runs there now.
    expect(names).not.toContain("cjs payload polling,websocket");
    expect(new Set(names).size).toBe(names.length);
  });

  it("are those of all three auth modes on the bench", () => {
    expect(namesFor(benchScene).slice(0, 3)).toEqual([
      "esm passport polling,websocket",
      "esm manual polling,websocket",
      "esm payload polling,websocket",
    ]);
  });

  it.each(lessons)("leave those of lesson $number running", (lesson) => {
    const scene = lessonScene(lesson);
    const now = new Set(scene.serversOf(lesson.switches).map((choice) => JSON.stringify(choice)));
    const neighbours = findNeighbours(scene, lesson.switches);
    expect(neighbours.length).toBeGreaterThan(0);
    expect(now.size + neighbours.length).toBeLessThanOrEqual(MOST_IDLE);
  });
});

interface Watched {
  warm: Warmer;
  begun: string[];
  mostAtOnce: () => number;
}

/** Warms with something that takes a moment and then fails. */
function watchWarmer(onBegin: (choice: ServerChoice) => void): Watched {
  const begun: string[] = [];
  let atOnce = 0;
  let most = 0;
  const warm = createWarmer(async (choice) => {
    begun.push(nameOf(choice));
    atOnce += 1;
    most = Math.max(most, atOnce);
    onBegin(choice);
    await new Promise(setImmediate);
    atOnce -= 1;
    throw new Error("It does not start.");
  });
  return { warm, begun, mostAtOnce: () => most };
}

describe("what is warmed", () => {
  const choices = findNeighbours(ownScene, SWITCHES);

  it("starts one after the other, and goes on after one that cannot start", async () => {
    const { begun, mostAtOnce } = await new Promise<Watched>((resolve) => {
      const watched = watchWarmer(() => {
        if (watched.begun.length === choices.length) resolve(watched);
      });
      watched.warm(choices);
    });
    expect(begun).toEqual(choices.map(nameOf));
    expect(mostAtOnce()).toBe(1);
  });

  it("is given up when another list comes", async () => {
    const [first, , third] = choices;
    const { begun, mostAtOnce } = await new Promise<Watched>((resolve) => {
      const watched = watchWarmer((choice) => {
        if (choice === first) watched.warm([third!]);
        else resolve(watched);
      });
      watched.warm(choices);
    });
    expect(begun).toEqual([nameOf(first!), nameOf(third!)]);
    expect(mostAtOnce()).toBe(1);
  });
});

describe("a page", () => {
  it("warms nothing before the last of what it runs is over, and nothing when it has gone", async () => {
    const lists: (readonly ServerChoice[])[] = [];
    const ahead = warmAhead({ warm: (choices) => lists.push(choices) });
    const sight = { scene: ownScene, switches: SWITCHES };
    await ahead.during(sight, async () => {
      await ahead.during(sight, () => Promise.resolve());
      expect(lists).toEqual([]);
    });
    expect(lists).toEqual([findNeighbours(ownScene, SWITCHES)]);
    await ahead.during(sight, () => {
      ahead.leave();
      return Promise.resolve();
    });
    expect(lists).toHaveLength(1);
  });
});

describe("the sandbox", () => {
  let sandbox: Sandbox;
  let page: Socket;
  const mistakes: unknown[] = [];
  const starts = new EventEmitter<{ listening: [] }>();
  const up = new Set<string>();
  beforeAll(async () => {
    sandbox = await openSandbox({
      onMistake: (error) => mistakes.push(error),
      onListening: (choice) => {
        up.add(nameOf(choice));
        starts.emit("listening");
      },
    });
    page = await enter(sandbox);
  });
  afterAll(async () => {
    page.close();
    await sandbox.close();
  });

  /** Resolves once all of these have started, by whatever. */
  async function areUp(names: string[]): Promise<void> {
    while (names.some((name) => !up.has(name))) await once(starts, "listening");
  }

  const switches = switchesFor(SWITCHES);

  it("starts the neighbours of the page's own attempt after it", async () => {
    const { answer } = await page.emitWithAck("runNode", { attempt: "own", switches });
    expect(answer.outcome).toMatchObject([{ result: "connected" }]);
    const [first, second] = namesFor(ownScene);
    await areUp([first!, second!]);
  });

  it("starts those of all three auth modes after the bench", async () => {
    const { answer } = await page.emitWithAck("bench", "valid", switches);
    expect(answer.verdicts).toHaveLength(3);
    // No flip of the own attempt leads there.
    await areUp(["esm manual polling,websocket", "esm payload polling,websocket"]);
    expect(mistakes).toEqual([]);
  });
});
