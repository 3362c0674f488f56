// Follows links inside the page without loading it anew; every other link is the browser's own affair.
import type { Actions } from "./actions.ts";
import { readAddress } from "../../../scripts/model/address.ts";

export function followLinks(actions: Actions): void {
  document.addEventListener("click", (event) => {
    const view = viewOf(event);
    if (view === undefined) return;
    event.preventDefault();
    actions.go(view);
  });
}

function viewOf(event: MouseEvent): ReturnType<typeof readAddress>["view"] | undefined {
  // With another button or key held, the person wants a new tab or a download.
  if (event.defaultPrevented || event.button !== 0) return undefined;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return undefined;
  const anchor = event.target instanceof Element ? event.target.closest("a") : null;
  if (anchor === null || anchor.origin !== location.origin || anchor.target !== "")
    return undefined;
  if (anchor.pathname === location.pathname && anchor.hash !== "") return undefined;
  const { view } = readAddress(anchor.href);
  return view.page === "unknown" ? undefined : view;
}
