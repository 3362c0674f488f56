// A terminal for tests that is made of streams: keys are written to it, and what is drawn is stored as the screen that it makes.
import { PassThrough, Writable } from "node:stream";

const ESCAPE = "\u001B";
/** A row is named, cleared, and written. */
const DRAWN_LINE = new RegExp(`${ESCAPE}\\[(\\d+);1H${ESCAPE}\\[2K([^${ESCAPE}]*)`, "g");

/** A terminal of 100 × 40 without a device. */
export class StreamTerminal {
  readonly raw: boolean[] = [];
  readonly input = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (isRaw: boolean) => this.raw.push(isRaw),
  });
  readonly output = Object.assign(
    new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        this.#draw(chunk.toString());
        done();
      },
    }),
    { columns: 100, rows: 40 },
  );
  written = "";
  #rows: string[] = [];
  #onDraw: () => void = () => undefined;

  #draw(frame: string): void {
    this.written += frame;
    if (frame.includes("\u001B[2J")) this.#rows = [];
    for (const [, row, line] of frame.matchAll(DRAWN_LINE)) this.#rows[Number(row) - 1] = line!;
    this.#onDraw();
  }

  /** Resolves once the screen shows that text. */
  shows(wanted: string): Promise<void> {
    return new Promise((resolve) => {
      this.#onDraw = () => {
        if (this.#rows.join("\n").includes(wanted)) resolve();
      };
      this.#onDraw();
    });
  }

  press(key: string, wanted: string): Promise<void> {
    this.input.write(key);
    return this.shows(wanted);
  }
}
