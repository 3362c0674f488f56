// The exercises that are open in pages: each is watched and checked once, even if several pages have it open.
import type { Check } from "../model/exercise.ts";
import type { ExerciseNews, ExercisePlace } from "../model/protocol.ts";
import type { Suite } from "../lab/exercises/checker.ts";
import { type FoundExercise, readExercise } from "../lab/exercises/files.ts";
import { type ExerciseSession, openExerciseSession } from "../lab/exercises/session.ts";
import { RequestError } from "./requests.ts";

/** Each runs servers of its own. */
const MOST_OPEN = 2;

/** An exercise in one format, with all that is known of it. */
export interface OpenExercise extends FoundExercise {
  place: ExercisePlace;
  session: ExerciseSession;
  /** With the traces. */
  check: Check | undefined;
}

/** Of an exercise, to a page. */
type TellPage = (place: ExercisePlace, news: Omit<ExerciseNews, "place">) => void;
type Tell = (news: Omit<ExerciseNews, "place">) => void;

/** A page at the desk. */
export interface Seat {
  /** In place of the one that was open in this page. @returns whether another page has it open, too */
  open(place: ExercisePlace): Promise<{ opened: OpenExercise; isShared: boolean }>;
  /** @throws RequestError (code BAD_REQUEST) for one that is not open in this page */
  find(place: ExercisePlace): Promise<OpenExercise>;
  leave(): void;
}

export interface ExerciseDesk {
  /** @param tell called with news of the exercise that is open in this page */
  seat(tell: TellPage): Seat;
  close(): Promise<void>;
}

interface DeskOptions {
  /** Undefined where the sandbox was started without it. */
  loadSuite: (() => Promise<Suite>) | undefined;
  /** Called with the open exercise when a file has changed. */
  onSave: (opened: OpenExercise, tell: Tell) => void;
  onSolved: () => void;
}

interface Shared {
  opening: Promise<OpenExercise>;
  pages: Set<TellPage>;
}

export function openExerciseDesk({ loadSuite, onSave, onSolved }: DeskOptions): ExerciseDesk {
  const all = new Map<string, Shared>();
  const closing = new Set<Promise<void>>();

  async function open(place: ExercisePlace, tell: Tell): Promise<OpenExercise> {
    if (loadSuite === undefined) throw new RequestError("This sandbox has no exercises.");
    const [found, suite] = await Promise.all([readExercise(place.exercise), loadSuite()]);
    const { id, formats } = found.exercise;
    if (!formats.includes(place.variant))
      throw new RequestError(
        `Exercise ${id} can be solved in ${formats.join(" or ")}: choose one.`,
      );
    const notices: string[] = [];
    let opened: OpenExercise | undefined;
    let check: Check | undefined;
    const session = await openExerciseSession({
      ...found,
      variant: place.variant,
      suite,
      onCheck(latest) {
        check = latest;
        if (opened !== undefined) opened.check = latest;
        tell({ check: latest });
      },
      onSave() {
        if (opened !== undefined) onSave(opened, tell);
      },
      // The first ones come before any page knows that the exercise is open.
      onNotice(notice) {
        if (opened === undefined) notices.push(notice);
        else tell({ notice });
      },
      onSolved,
    });
    opened = { ...found, place, session, check };
    if (notices.length > 0) queueMicrotask(() => tell({ notice: notices.join(" ") }));
    return opened;
  }

  function share(key: string, place: ExercisePlace): Shared {
    const known = all.get(key);
    if (known !== undefined) return known;
    if (all.size >= MOST_OPEN)
      throw new RequestError(
        `${MOST_OPEN} exercises are open in other tabs: leave one of them, and reload this page.`,
      );
    const pages = new Set<TellPage>();
    const tell: Tell = (news) => pages.forEach((page) => page(place, news));
    const shared = { opening: open(place, tell), pages };
    all.set(key, shared);
    return shared;
  }

  function release(key: string, tell: TellPage): void {
    const shared = all.get(key);
    shared?.pages.delete(tell);
    if (shared === undefined || shared.pages.size > 0) return;
    all.delete(key);
    // One that could not be opened has said so to the page.
    const ending = shared.opening.then(
      ({ session }) => session.close(),
      () => undefined,
    );
    closing.add(ending);
    void ending.finally(() => closing.delete(ending));
  }

  return {
    seat(tell) {
      let current: string | undefined;
      const leave = (): void => {
        if (current !== undefined) release(current, tell);
        current = undefined;
      };
      return {
        async open(place) {
          const key = keyOf(place);
          // If a page asks again, for example after a short loss of the connection, it continues.
          if (current !== key) leave();
          const shared = share(key, place);
          shared.pages.add(tell);
          current = key;
          try {
            return { opened: await shared.opening, isShared: shared.pages.size > 1 };
          } catch (error) {
            if (current === key) leave();
            throw error;
          }
        },
        async find(place) {
          const shared = all.get(keyOf(place));
          if (shared?.pages.has(tell)) return shared.opening;
          throw new RequestError(`Exercise ${place.exercise} is not open in this page.`);
        },
        leave,
      };
    },
    async close() {
      const sessions = [...all.values()].map(({ opening }) =>
        opening.then(
          ({ session }) => session.close(),
          () => undefined,
        ),
      );
      all.clear();
      await Promise.all([...sessions, ...closing]);
    },
  };
}

function keyOf({ exercise, variant }: ExercisePlace): string {
  return `${exercise} ${variant}`;
}
