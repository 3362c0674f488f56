// Tabs of one browser lend each other the key, so that a link opens in a new tab too. It is told to pages of this origin alone.

const CHANNEL = "sandbox key";

type Message = { isAsking: true } | { key: string };

export interface Lending {
  /** The key that the server has let this tab in with; undefined while it has not. */
  lend: () => string | undefined;
  /** Whether this tab needs one. */
  isLocked: () => boolean;
  take: (key: string) => void;
}

/**
 * Answers other tabs, and asks them if this one is locked.
 * @returns what to call when this tab has been let in: others may be waiting
 */
export function lendKey({ lend, isLocked, take }: Lending): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- it reaches this origin alone, and knows no other
  const tell = (message: Message): void => channel.postMessage(message);
  channel.addEventListener("message", ({ data }: MessageEvent<Message>) => {
    if ("key" in data) {
      if (isLocked()) take(data.key);
      return;
    }
    offer();
  });

  function offer(): void {
    const key = lend();
    if (key !== undefined) tell({ key });
  }

  if (isLocked()) tell({ isAsking: true });
  return offer;
}
