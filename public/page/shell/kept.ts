// What outlives a reload of this tab: the switches that were chosen, and what was predicted in each lesson.
import type { Chosen } from "../../../scripts/model/switches.ts";
import { type Address, readAddress, writeAddress } from "../../../scripts/model/address.ts";
import { type Predictions, readPredictions } from "../lesson/prediction.ts";

const SWITCHES = "sandbox switches";

/**
 * The switches in the address count; those that it does not name are as they were left. A link to an attempt shows what its
 * sender saw, so that there they are the lesson's.
 */
export function withKeptSwitches(address: Address): Address {
  const kept = sessionStorage.getItem(SWITCHES);
  if (kept === null || address.cell !== undefined) return address;
  return { ...address, chosen: { ...readAddress(kept).chosen, ...address.chosen } };
}

/** Kept in the form of an address, in which a typed token is never written. */
export function keepSwitches(chosen: Chosen): void {
  sessionStorage.setItem(
    SWITCHES,
    writeAddress({ view: { page: "lessons" }, chosen, cell: undefined }),
  );
}

export function keptPredictions(lesson: number): Predictions {
  return readPredictions(sessionStorage.getItem(nameOf(lesson)));
}

export function keepPredictions(lesson: number, predictions: Predictions): void {
  sessionStorage.setItem(nameOf(lesson), JSON.stringify(predictions));
}

function nameOf(lesson: number): string {
  return `sandbox predictions ${lesson}`;
}
