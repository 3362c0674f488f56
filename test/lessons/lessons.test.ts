// No lesson claims what was not measured: every attempt of every lesson, as it is opened with both clients, and with Node in
// every other mode. In one format: they are printed from one source, and the suite is run on each. What an attempt sets for
// itself, its mode above all, is the same in every other: that is measured once.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, openLab } from "../../scripts/lab/lab.ts";
import { openVariantPool } from "../../scripts/lab/servers/pool.ts";
import { skipAll } from "../../scripts/model/outcome.ts";
import type { Lesson } from "../../scripts/model/lesson.ts";
import type { ServerSwitches } from "../../scripts/model/switches.ts";
import { type Client, CLIENTS, AUTH_MODES, type AuthMode } from "../../scripts/model/vocabulary.ts";
import { readLesson, readLessons } from "../../scripts/lab/lessons/files.ts";
import { type Cell, runLesson } from "../../scripts/lab/lessons/run.ts";
import { GOOD_ACT } from "../helpers/good-act.ts";
import { openHosts } from "../helpers/hosted-servers.ts";

const lessons = await readLessons();

/** As many as a lesson uses. */
const MOST_IDLE = 6;
const hosts = openHosts();
let lab: Lab;
beforeAll(async () => {
  // No lesson says how idle connections end, and a page for each attempt takes a minute of processor time.
  lab = await openLab({
    usesPerPage: 30,
    openPool: (options) => openVariantPool({ ...options, start: hosts.start, mostIdle: MOST_IDLE }),
  });
});
afterAll(async () => {
  await lab.close();
  await hosts.close();
});

interface Run extends Pick<Lesson, "switches"> {
  auth: AuthMode;
  lesson: Lesson;
  clients: readonly Client[];
}

/** What a person needs to know about a cell that is not as the lesson says, with the server that got each request. */
function describeCell({ attempt, client, verdict, differences, trace }: Cell): object {
  const requests = trace.steps.flatMap((step) =>
    step.kind === "request"
      ? [`${step.atMs} ms, connection ${step.connection}, server ${step.server}: ${step.target}`]
      : [],
  );
  return { row: attempt.title, client, verdict, differences, requests };
}

/** A lesson's runs: the first as it is opened, and so in the browser too, and the others in the other modes. */
function runsOf(lesson: Lesson): Run[] {
  const { switches, fixed } = lesson;
  const others = AUTH_MODES.filter((mode) => mode !== switches.auth);
  return [switches.auth, ...others]
    .filter((mode) => fixed.auth?.to.includes(mode) ?? true)
    .map((auth) => {
      const isOpened = auth === switches.auth;
      const attempts = lesson.attempts.filter((attempt) => isOpened || attempt.auth === undefined);
      const clients: readonly Client[] = isOpened ? CLIENTS : ["node"];
      return { auth, lesson: { ...lesson, attempts }, switches: { ...switches, auth }, clients };
    })
    .filter(({ lesson: { attempts } }) => attempts.length > 0);
}

// Mode by mode, so that its servers go on running from lesson to lesson.
const runs = AUTH_MODES.flatMap((auth) =>
  lessons.flatMap(runsOf).filter((run) => run.auth === auth),
);

describe.each(runs)("$auth, lesson $lesson.number, $lesson.slug", (run) => {
  it(`is as the lesson says, in ${run.clients.join(" and ")}`, async () => {
    const { lesson, switches, clients } = run;
    const { attempts } = lesson;
    // Where attempts would see each other, a session that an earlier lesson left behind would count too.
    if (lesson.oneAtATime) await lab.restart(switches);
    const cells = await runLesson(lab, lesson, { switches, clients });
    // What this machine was too busy for runs again, alone.
    for (const [at, { attempt, client, verdict }] of cells.entries()) {
      if (verdict !== "too busy") continue;
      const again = attempts.filter(({ id }) => id === attempt.id);
      const alone = { switches, clients: [client] };
      cells.splice(at, 1, ...(await runLesson(lab, { ...lesson, attempts: again }, alone)));
    }
    expect(cells).toHaveLength(attempts.length * clients.length);
    expect(cells.filter(({ verdict }) => verdict !== "as expected").map(describeCell)).toEqual([]);
  });
});

describe("a lesson", () => {
  it("that claims something else is a surprise that names the field, what was expected and what was seen", async () => {
    const lesson = structuredClone(await readLesson(3));
    lesson.attempts = lesson.attempts.filter(({ id }) => id === "websocket");
    Object.assign(lesson.attempts[0]!.expect.node, {
      lastTransport: "polling",
      wire: { checks: 2 },
    });
    const [cell] = await runLesson(lab, lesson, { clients: ["node"] });
    expect(cell).toMatchObject({
      verdict: "surprise",
      differences: [
        { field: "lastTransport", expected: "polling", seen: "websocket" },
        { field: "wire.checks", expected: 2, seen: 1 },
      ],
    });
  });

  it("has no expectation where a switch was flipped that it says nothing about", async () => {
    const lesson = await readLesson(3);
    const switches: ServerSwitches = { ...lesson.switches, serverTransports: ["websocket"] };
    const attempts = lesson.attempts.filter(({ id }) => id === "polling-first");
    const [cell] = await runLesson(lab, { ...lesson, attempts }, { switches, clients: ["node"] });
    expect(cell).toMatchObject({ verdict: "no expectation", outcome: [{ result: "refused" }] });
  });

  it("is as it says when two runs overlap whose attempts see each other", async () => {
    const lesson = await readLesson(5);
    await lab.restart(lesson.switches);
    const both = [1, 2].map(() => runLesson(lab, lesson, { clients: ["node"] }));
    for (const cell of (await Promise.all(both)).flat())
      expect(describeCell(cell)).toMatchObject({ verdict: "as expected", differences: [] });
  });

  it("is as it says after a client has gone in the middle, and its session is still there", async () => {
    const { switches, ...rest } = await readLesson(5);
    const attempts = rest.attempts.filter(({ id }) => id === "both-tabs");
    await lab.run({ ...switches, acts: [GOOD_ACT] }, async ({ prefix, acts: [act] }) => {
      const { token } = act as { token: string };
      const url = `${lab.origin}${prefix}/socket.io/?EIO=4&transport=polling`;
      const open = await fetch(url, { headers: { authorization: `bearer ${token}` } });
      const { sid } = JSON.parse((await open.text()).slice(1)) as { sid: string };
      const connect = await fetch(`${url}&sid=${sid}`, { method: "POST", body: "40" });
      expect(connect.status).toBe(200);
      // It may have printed something before it ended.
      return skipAll([GOOD_ACT], "it has gone");
    });
    const lesson = { ...rest, switches, attempts };
    const [cell] = await runLesson(lab, lesson, { clients: ["node"] });
    expect(describeCell(cell!)).toMatchObject({ verdict: "as expected", differences: [] });
  });

  it("begins no further attempt once it is aborted", async () => {
    const stop = new AbortController();
    const onCell = (): void => stop.abort();
    const clients = ["node"] as const;
    const cells = await runLesson(lab, lessons[0]!, { clients, onCell, signal: stop.signal });
    expect(cells).toHaveLength(1);
  });
});
