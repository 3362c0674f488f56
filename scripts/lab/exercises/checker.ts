// Checks a person's solution as strictly as the server itself is checked: the rows first, then types, then the whole suite.
import type { Check, CheckRow, Exercise, Problem } from "../../model/exercise.ts";
import type { Lesson } from "../../model/lesson.ts";
import type { AuthMode, Variant } from "../../model/vocabulary.ts";
import { BrowserError } from "../browser/dev-tools.ts";
import { type Lab, openLab } from "../lab.ts";
import type { PoolOptions, ServerChoice } from "../servers/pool.ts";
import { VariantStartError } from "../servers/process.ts";
import { readCheckLine } from "../wire/check-lines.ts";
import { lookForBrowser } from "./own-client.ts";
import { openWorkingOptions, OwnCodeError } from "./own-options.ts";
import { isMistake, problemOf } from "./problems.ts";
import { emptyRows, type KnownCase, runAttempt } from "./rows.ts";
import { checkTypes } from "./types.ts";
import { openWorkingServers, type Working, type WorkingServers } from "./working-servers.ts";

/** A server that runs, and what its tokens are made with. */
interface CaseTarget {
  variant: Variant;
  auth: AuthMode;
  url: string;
  secret: string;
}

interface WholeSuite {
  variant: Variant;
  auth: AuthMode;
  /** Where the server's files are. */
  folder: string;
  /** Once it is aborted, no further case begins. */
  signal: AbortSignal;
}

/** The conformance suite, which a lab does not know. */
export interface Suite {
  /** What a server needs for the cases to make sense, by the names of the environment. */
  readonly settings: Readonly<Record<string, string>>;
  /** The cases that say something about a variant in that mode. */
  list(variant: Variant, auth: AuthMode): KnownCase[];
  /** Runs cases on a server that runs. */
  open(target: CaseTarget): {
    /** What was wrong; undefined if the case has passed. */
    run(id: string): Promise<Pick<CheckRow, "expected" | "seen" | "sent"> | undefined>;
    close(): void;
  };
  /** Runs all of them on a server in a process of its own. */
  runAll(how: WholeSuite): Promise<NonNullable<Check["suite"]>>;
}

export interface CheckerParts {
  exercise: Exercise;
  lesson: Lesson;
  variant: Variant;
  /** The working copy, absolute. */
  folder: string;
  suite: Suite;
  /** Where its servers come from; processes of their own that a guard watches, if left out. */
  openServers?: typeof openWorkingServers;
}

export interface Checker {
  /**
   * Runs the files as they are now. A check that is under way is stopped.
   * @param onChange called with what is known so far
   * @param wanted only these rows, `types` among them if types are to be checked, and no suite; all, if left out
   */
  check(onChange?: (check: Check) => void, wanted?: readonly string[]): Promise<Check>;
  /** Starts the process that becomes the server of the next check, so that this one begins at once. */
  standBy(): Promise<void>;
  /** Ends everything that runs. */
  close(): Promise<void>;
}

/** So many further rows that broke say enough. */
const MOST_BROKEN = 5;

/** Opens a lab for one working copy; nothing is checked yet. */
export async function openChecker(parts: CheckerParts): Promise<Checker> {
  const { exercise, lesson, variant, folder, suite, openServers = openWorkingServers } = parts;
  const { auth } = exercise;
  let servers!: WorkingServers;
  const own =
    exercise.side === "client" ? openWorkingOptions(exercise, variant, folder) : undefined;
  const openPool = (options: PoolOptions): WorkingServers =>
    (servers = openServers({ variant, folder }, options));
  const lab: Lab = await openLab(
    own ? { clients: ["node", "browser"] } : { openPool, clients: ["node"] },
  );
  const working: Working = own ?? servers;
  const switches = { ...lesson.switches, variant, auth };
  const place: ServerChoice = {
    ...switches,
    serverTransports: ["polling", "websocket"],
    settings: suite.settings,
  };
  const rows = emptyRows(exercise, lesson, suite.list(variant, auth));
  let aborter = new AbortController();
  let opened: { url: string; cases: ReturnType<Suite["open"]> } | undefined;

  function casesAt(url: string): ReturnType<Suite["open"]> {
    if (opened?.url === url) return opened.cases;
    opened?.cases.close();
    const cases = suite.open({ variant, auth, url, secret: lab.tokenMaker().secret });
    opened = { url, cases };
    return cases;
  }

  async function runCase(id: string): Promise<Partial<CheckRow>> {
    let reason: string | undefined;
    servers.onLine = (line) => (reason = readCheckLine(line)?.reason ?? reason);
    const failure = await servers.use(place, ({ url }) => casesAt(url).run(id));
    if (failure === undefined) return { result: "passed" };
    return { result: "failed", ...failure, ...(reason !== undefined && { reason }) };
  }

  async function runRow(row: CheckRow): Promise<CheckRow> {
    const isAttempt = exercise.rows.includes(row.id);
    try {
      const found = await (isAttempt
        ? runAttempt(lab, lesson, row.id, switches, own)
        : runCase(row.id));
      return { ...row, ...found };
    } catch (error) {
      // The problem says it, and the row says nothing.
      if (error instanceof OwnCodeError) return row;
      if (error instanceof BrowserError)
        return { ...row, result: "failed", seen: error.message.split("\n")[0]! };
      if (!(error instanceof VariantStartError)) throw error;
      if (working.problem() !== undefined) return row;
      return { ...row, result: "failed", seen: error.crash.sentence };
    }
  }

  /** Where the code threw what a row's reason says: the row is run once more, on a server that tells. */
  async function findThrow(row: CheckRow): Promise<Problem> {
    working.renew({ tracesThrows: true });
    await runRow(row);
    return working.threw() ?? { message: row.reason! };
  }

  async function runSuite(signal: AbortSignal): Promise<Partial<Check>> {
    try {
      const whole = await suite.runAll({ variant, auth, folder, signal });
      return { suite: whole, isSolved: whole.passed === whole.total && whole.total > 0 };
    } catch (error) {
      // The code may notice that this process was made for it alone, and do otherwise.
      if (!(error instanceof VariantStartError)) throw error;
      return { problem: problemOf(error.crash, folder) };
    }
  }

  return {
    async check(onChange = () => undefined, wanted) {
      aborter.abort();
      aborter = new AbortController();
      const { signal } = aborter;
      working.renew();
      const chosen = rows.filter(({ id }) => wanted === undefined || wanted.includes(id));
      let check: Check = { variant, rows: chosen, isOver: false, isSolved: false };
      const change = (more: Partial<Check>): void => {
        if (signal.aborted) return;
        check = { ...check, ...more };
        onChange(check);
      };
      const put = (row: CheckRow): void =>
        change({ rows: check.rows.map((each) => (each.id === row.id ? row : each)) });
      // Also when all is over: the server goes on to run.
      working.onProblem = () => change({ problem: working.problem()!, isSolved: false });
      const isWhole = wanted === undefined;
      const isTyped = variant === "ts" && (wanted ?? ["types"]).includes("types");

      change({});
      if (own !== undefined) change(await lookForBrowser(lab));
      let broken = 0;
      for (const row of chosen) {
        if (signal.aborted || broken === MOST_BROKEN || check.problem !== undefined) break;
        const judged = await runRow(row);
        if (judged.result !== "passed") await working.settle();
        put(judged);
        if (judged.result === "failed" && !row.failedAtStart) broken += 1;
        // There is nothing else to report about a server that has ended.
        if (working.problem() !== undefined) break;
      }
      // Looked for once for each thing that was thrown; another row may have met the same at another place.
      for (const reason of new Set(check.rows.map((row) => row.reason))) {
        const thrower = check.rows.find((row) => row.reason === reason);
        if (signal.aborted || thrower === undefined || !isMistake(reason)) continue;
        put({ ...thrower, threw: await findThrow(thrower) });
      }
      if (isTyped) change({ next: "types" });
      const types = isTyped ? await checkTypes(folder, signal) : undefined;
      if (types !== undefined) change({ types });
      const areGood =
        check.problem === undefined && check.rows.every(({ result }) => result === "passed");
      const isFine = isWhole && areGood && (types ?? []).length === 0 && !signal.aborted;
      if (isFine && own === undefined) change({ next: "suite" });
      const last = own === undefined && isFine ? await runSuite(signal) : { isSolved: isFine };
      change({ ...last, isOver: true });
      return check;
    },
    standBy: () => working.standBy(),
    async close() {
      aborter.abort();
      opened?.cases.close();
      await Promise.all([lab.close(), own?.stopAll()]);
    },
  };
}
