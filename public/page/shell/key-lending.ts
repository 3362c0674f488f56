// Tabs of one browser help each other in, so that a link opens in a new tab too. What is handed on is a key of its own for
// the one tab that asks.

type Message = { asks: string } | { key: string; for: string } | { isOpen: true };

export interface Lending {
  /** A key for another tab; undefined if this tab cannot get one. */
  getKey: () => Promise<string | undefined>;
  /** Whether this tab needs one. */
  isLocked: () => boolean;
  take: (key: string) => void;
}

export interface Tabs {
  /** Asks the others for a key. */
  ask(): void;
  /** This tab was let in: others may be waiting. @param name the channel of this run of the sandbox */
  open(name: string): void;
}

/**
 * Answers other tabs. They meet on a BroadcastChannel, which every page of this origin could open; but the sandbox tells its
 * name to its own page alone.
 */
export function lendKeys({ getKey, isLocked, take }: Lending): Tabs {
  const own = crypto.randomUUID();
  const told = document.querySelector<HTMLMetaElement>('meta[name="tabs"]')?.content;
  let channel = told === undefined ? undefined : join(told);

  function join(name: string): BroadcastChannel {
    const joined = new BroadcastChannel(name);
    joined.addEventListener("message", ({ data }: MessageEvent<Message>) => void answer(data));
    return joined;
  }

  async function answer(message: Message): Promise<void> {
    if ("asks" in message) {
      const key = await getKey();
      if (key !== undefined) tell({ key, for: message.asks });
    } else if (!isLocked()) return;
    else if ("isOpen" in message) ask();
    else if (message.for === own) take(message.key);
  }

  function tell(message: Message): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- it reaches this origin alone, and knows no other
    channel?.postMessage(message);
  }

  function ask(): void {
    tell({ asks: own });
  }

  return {
    ask,
    open(name) {
      if (channel?.name !== name) {
        channel?.close();
        channel = join(name);
      }
      tell({ isOpen: true });
    },
  };
}
