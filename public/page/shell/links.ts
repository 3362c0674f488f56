// Addresses of other pages, with the switches as they are.
import { type View, writeAddress } from "../../../scripts/model/address.ts";
import type { State } from "./state.ts";

export function link({ address: { chosen } }: State, view: View): string {
  return writeAddress({ view, chosen, cell: undefined });
}
