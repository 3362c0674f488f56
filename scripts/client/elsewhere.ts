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
  /** Never resolves where the page does not answer. */
  outcome: Promise<Outcome>;
  remove: () => void;
}

/** Has a page of that origin do the acts. */
export function openFrame(origin: string, task: ClientTask): Frame {
  const frame = document.createElement("iframe");
  const isOver = new AbortController();
  const outcome = new Promise<Outcome>((resolve) => {
    const listen = (event: MessageEvent<Outcome>): void => {
      if (event.source === frame.contentWindow && event.origin === origin) resolve(event.data);
    };
    addEventListener("message", listen, { signal: isOver.signal });
  });
  frame.hidden = true;
  frame.src = origin + ATTEMPT_PAGE_PATH;
  frame.addEventListener("load", () => frame.contentWindow?.postMessage(task, origin));
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
}
