// How the page follows its address from one page to another.
import { html } from "lit-html";
import { expect, it } from "vitest";
import { followAddress } from "../../public/page/shell/navigation.ts";
import type { Pages } from "../../public/page/shell/page.ts";
import type { Shell } from "../../public/page/shell/shell.ts";
import { createStore, firstState } from "../../public/page/shell/state.ts";

it("a page whose code comes late is rendered once it is there, even if it has nothing to load", async () => {
  const store = createStore(firstState("Chrome", false));
  const late = { title: "Bench", isLate: true, open: async () => ({ view: () => html`` }) };
  const shell = { store } as unknown as Shell;
  const { page } = followAddress(shell, { bench: late } as unknown as Pages, () => {});
  const isRendered = new Promise<void>((resolve) => {
    store.watch(() => page() !== undefined && resolve());
  });
  store.update({ address: { ...store.state.address, view: { page: "bench" } } });
  expect(page()).toBeUndefined();
  await isRendered;
});
