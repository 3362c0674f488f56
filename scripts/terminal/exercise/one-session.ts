// Holds the one open session: the next one opens once it is closed, and of several in a moment only the last.
import type { ExerciseSession } from "../../lab/exercises/session.ts";
import { createGate } from "../../model/gate.ts";

/** @param isWanted whether it is still the latest one that was asked for */
type Open = (isWanted: () => boolean) => Promise<ExerciseSession>;

const OPENING = "The exercise is being opened.";

export class OneSession {
  #session: ExerciseSession | undefined;
  /** Why there is none. */
  #absence = OPENING;
  #asked = 0;
  readonly #gate = createGate(1);

  /** @throws an error for the person while there is none */
  get(): ExerciseSession {
    if (this.#session === undefined) throw new Error(this.#absence);
    return this.#session;
  }

  /** @throws what `open` throws */
  async replace(open: Open): Promise<void> {
    this.#absence = OPENING;
    try {
      await this.#next(open);
    } catch (error) {
      this.#absence = (error as Error).message;
      throw error;
    }
  }

  close(): Promise<void> {
    return this.#next();
  }

  #next(open?: Open): Promise<void> {
    const mine = (this.#asked += 1);
    const isWanted = (): boolean => this.#asked === mine;
    const old = this.#session;
    this.#session = undefined;
    return this.#gate.run(async () => {
      await old?.close();
      if (open === undefined || !isWanted()) return;
      const session = await open(isWanted);
      if (isWanted()) this.#session = session;
      else await session.close();
    });
  }
}
