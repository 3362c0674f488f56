// Lets a few in at a time; the others wait for their turn.

export interface Gate {
  /** Resolves when there is room. */
  enter: () => Promise<void>;
  leave: () => void;
}

/** @param places how many may be inside at once */
export function createGate(places: number): Gate {
  let free = places;
  const waiting: (() => void)[] = [];
  return {
    async enter() {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
    },
    leave() {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    },
  };
}
