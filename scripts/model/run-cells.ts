// Fills the cells of a matrix: the clients beside each other, each with a few attempts at the same time.
import { inLanes } from "./gate.ts";
import { type Client, CLIENTS } from "./vocabulary.ts";

/** How many at once of each client; the variants share the processor with them, and a browser opens six connections to an address. */
const AT_ONCE = 3;

/**
 * Fills the cells, those of each client in their order. After a failure no further one begins, and those under way are
 * waited for.
 * @param isOneAtATime where attempts would see each other on one server
 */
export async function runCells<Cell extends { client: Client }>(
  cells: readonly Cell[],
  isOneAtATime: boolean,
  fill: (cell: Cell) => Promise<void>,
): Promise<void> {
  const lanes = isOneAtATime
    ? [cells]
    : CLIENTS.map((client) => cells.filter((cell) => cell.client === client));
  let hasFailed = false;
  const fillUnlessFailed = async (cell: Cell): Promise<void> => {
    if (hasFailed) return;
    await fill(cell).catch((error: unknown) => {
      hasFailed = true;
      throw error;
    });
  };
  const atOnce = isOneAtATime ? 1 : AT_ONCE;
  const ends = await Promise.allSettled(
    lanes.map((lane) => inLanes(lane, atOnce, fillUnlessFailed)),
  );
  const failure = ends.find((end) => end.status === "rejected");
  if (failure !== undefined) throw failure.reason;
}
