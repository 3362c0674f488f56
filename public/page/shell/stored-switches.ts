// The switches outlive a reload of this tab: in the form of an address, in which a typed token is never written.
import { type Address, readAddress, writeAddress } from "../../../scripts/model/address.ts";
import type { Chosen } from "../../../scripts/model/switches.ts";

const NAME = "sandbox switches";

/**
 * The switches in the address count; those that it does not name are as they were left. A link to an attempt shows what its
 * sender saw, so that there they are the lesson's.
 */
export function withStoredSwitches(address: Address): Address {
  const stored = sessionStorage.getItem(NAME);
  if (stored === null || address.cell !== undefined) return address;
  return { ...address, chosen: { ...readAddress(stored).chosen, ...address.chosen } };
}

export function storeSwitches(chosen: Chosen): void {
  const address = writeAddress({ view: { page: "lessons" }, chosen, cell: undefined });
  sessionStorage.setItem(NAME, address);
}
