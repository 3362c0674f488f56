// Links inside the page: addresses with the switches as they are, followed without loading the page again.
import {
  type Address,
  isSameView,
  readAddress,
  type View,
  writeAddress,
} from "../../../scripts/model/address.ts";
import type { ExerciseSummary } from "../../../scripts/model/protocol.ts";
import type { Chosen } from "../../../scripts/model/switches.ts";
import { currentSwitches, type State } from "./state.ts";

export function link({ address }: State, view: View): string {
  return writeAddress({ view, chosen: carried(address, view), cell: undefined });
}

/** In the format that the person reads, if the exercise can be solved in it. */
export function linkToExercise(state: State, { id, formats }: ExerciseSummary): string {
  const view: View = { page: "exercise", id };
  const { variant } = currentSwitches(state);
  if (formats.includes(variant)) return link(state, view);
  return writeAddress({ view, chosen: { variant: formats[0]! }, cell: undefined });
}

/** The switches that go along to another page: lessons and exercises have their own, except for the format that the person reads. */
export function carried({ view, chosen }: Address, to: View): Chosen {
  const hasOwn = ["lesson", "lessons", "exercise"].includes(to.page);
  if (!hasOwn || isSameView(view, to)) return chosen;
  return chosen.variant === undefined ? {} : { variant: chosen.variant };
}

/** Every other link is the browser's own affair. */
export function followLinks(go: (view: View, cell: Address["cell"]) => void): void {
  document.addEventListener("click", (event) => {
    const address = addressOf(event);
    if (address === undefined) return;
    event.preventDefault();
    go(address.view, address.cell);
  });
}

function addressOf(event: MouseEvent): Address | undefined {
  // With another button or key held, the person wants a new tab or a download.
  if (event.defaultPrevented || event.button !== 0) return undefined;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return undefined;
  const anchor = event.target instanceof Element ? event.target.closest("a") : null;
  if (anchor === null || anchor.origin !== location.origin || anchor.target !== "")
    return undefined;
  if (anchor.pathname === location.pathname && anchor.hash !== "") return undefined;
  const address = readAddress(anchor.href);
  return address.view.page === "unknown" ? undefined : address;
}
