// Once nothing of a page is under way any more, starts the servers that its next flip of a switch would need.
import type { Lab } from "../lab/lab.ts";
import { findNeighbours, type Scene } from "../lab/servers/neighbours.ts";
import type { ServerSwitches } from "../model/switches.ts";

/** What a page has in front of it, and how its switches are set. */
export interface Sight {
  scene: Scene;
  switches: ServerSwitches;
}

export interface Ahead {
  /** Does the work; after the last of those that overlap, warms the neighbours of what it was about. */
  during<Result>(sight: Sight, work: () => Promise<Result>): Promise<Result>;
  /** The page has gone: nobody will flip anything. */
  leave(): void;
}

/** For one page. */
export function warmAhead(lab: Pick<Lab, "warm">): Ahead {
  let underWay = 0;
  let hasLeft = false;
  return {
    async during({ scene, switches }, work) {
      underWay += 1;
      try {
        return await work();
      } finally {
        underWay -= 1;
        if (underWay === 0 && !hasLeft) lab.warm(findNeighbours(scene, switches));
      }
    },
    leave: () => {
      hasLeft = true;
    },
  };
}
