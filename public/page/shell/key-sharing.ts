// Tabs of one browser get keys for each other, so that a link works in a new tab. A tab never hands on its own pass.

type Message = { asks: string } | { key: string; for: string } | { isOpen: true };

interface Sharing {
  /** Gets a key for another tab; undefined if this tab is not connected. */
  getKey: () => Promise<string | undefined>;
  /** Whether this tab needs one. */
  isLocked: () => boolean;
  take: (key: string) => void;
}

interface Tabs {
  /** Asks the others for a key. */
  ask(): void;
  /** This tab is connected, and others may be waiting. @param name the channel of this run of the sandbox */
  open(name: string): void;
}

/**
 * Answers other tabs, on a BroadcastChannel. Every page of this origin could open one, so its name is secret: only the page
 * of the sandbox learns it.
 */
export function shareKeys({ getKey, isLocked, take }: Sharing): Tabs {
  const own = crypto.randomUUID();
  const channelName = document.querySelector<HTMLMetaElement>('meta[name="tabs"]')?.content;
  let channel = channelName === undefined ? undefined : join(channelName);

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
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel reaches only this origin
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
