// The address on the sandbox page of what is open in the terminal.
import { writeAddress } from "../../model/address.ts";
import { type SwitchName, switchesFor } from "../../model/switches.ts";
import type { Session } from "./session.ts";

/** Path and query: the lesson, the switches that were flipped, and the cell whose trace is open. */
export function pagePath({ lesson, switches, panel, chosen }: Session): string {
  const before = switchesFor({}, lesson);
  const names = Object.keys(switches) as SwitchName[];
  const flipped = names.filter(
    (name) => JSON.stringify(switches[name]) !== JSON.stringify(before[name]),
  );
  return writeAddress({
    view: { page: "lesson", number: lesson.number },
    chosen: Object.fromEntries(flipped.map((name) => [name, switches[name]])),
    cell: panel === "trace" ? chosen : undefined,
  });
}
