// A connection that a page of another origin opens: in a browser from a frame of that origin, in Node with its name in the
// header `Origin`. Runs in Node and in a page alike.
import type { ClientTask, Outcome } from "../model/acts.ts";
import { ATTEMPT_PAGE_PATH, type Elsewhere } from "../model/vocabulary.ts";

/** @param origin of the server; its host has two names, and those are two sites */
export function originElsewhere(from: Elsewhere, origin: string, port: number): string {
  const { protocol, hostname } = new URL(origin);
  const other = hostname === "localhost" ? "127.0.0.1" : "localhost";
  return `${protocol}//${from === "another port" ? hostname : other}:${port}`;
}

interface Frame {
  /** Undefined where the page does not open; never resolves where it does not answer. */
  outcome: Promise<Outcome | undefined>;
  remove: () => void;
}

/** What a page says once its code runs. */
const HERE = "here";
/** How many frames were opened: a frame's number tells its `load` from those of others. */
let opened = 0;

/** Has a page of that origin do the acts. */
export function openFrame(origin: string, task: ClientTask): Frame {
  const frame = document.createElement("iframe");
  const isOver = new AbortController();
  opened += 1;
  const loaded = `frame ${opened} has loaded`;
  const outcome = new Promise<Outcome | undefined>((resolve) => {
    let isHere = false;
    // `load` comes for the browser's own page about an error as well. A window reads its messages in the order in which they
    // came: before this one it has read what the page said while it loaded.
    frame.addEventListener("load", () => postMessage(loaded));
    const listen = ({ source, origin: from, data }: MessageEvent<unknown>): void => {
      if (source === window && data === loaded && !isHere) return resolve(undefined);
      if (source !== frame.contentWindow || from !== origin) return;
      if (data !== HERE) return resolve(data as Outcome);
      isHere = true;
      frame.contentWindow?.postMessage(task, origin);
    };
    addEventListener("message", listen, { signal: isOver.signal });
  });
  frame.hidden = true;
  frame.src = origin + ATTEMPT_PAGE_PATH;
  document.documentElement.append(frame);
  return {
    outcome,
    remove() {
      isOver.abort();
      frame.remove();
    },
  };
}

/** In the frame: does each task at the origin of the page around. */
export function serveFrame(perform: (origin: string, task: ClientTask) => Promise<Outcome>): void {
  addEventListener("message", ({ source, origin, data }: MessageEvent<ClientTask>) => {
    if (source !== parent) return;
    void perform(origin, data).then((outcome) => parent.postMessage(outcome, origin));
  });
  // To whichever page is around: it says nothing.
  parent.postMessage(HERE, "*");
}
