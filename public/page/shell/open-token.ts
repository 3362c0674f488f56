// "Open in Bench" on a token: the page knows its id, asks the sandbox for its text, and puts that on the bench and in no address.
import { CallError } from "./channel.ts";
import type { Shell } from "./shell.ts";

/** Follows every button with the attribute `data-token`, whose value is an id. */
export function openTokens({ store, channel, show }: Shell): void {
  async function open(id: string): Promise<void> {
    try {
      const { token } = await channel.call("seenToken", id);
      if (token === null)
        return store.update({
          notice: "The sandbox has forgotten this token: run the attempt again.",
        });
      const chosen = { ...store.state.address.chosen, token: { text: token } };
      show({ view: { page: "bench" }, chosen, cell: undefined });
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      store.update({ notice: error.message });
    }
  }

  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("[data-token]") : null;
    const id = button?.getAttribute("data-token");
    if (id) void open(id);
  });
}
