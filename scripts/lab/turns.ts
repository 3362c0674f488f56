// Who may use something at the same time: any number together, or one alone.

/** Does the work once those before it allow it. */
type InTurn = <Result>(
  name: string,
  isAlone: boolean,
  work: () => Promise<Result>,
) => Promise<Result>;

interface Place {
  lastAlone: Promise<unknown>;
  /** What has begun, or waits, since then. */
  together: Set<Promise<unknown>>;
}

/** For things with names. What comes later never overtakes what is to be alone, so that this has its turn too. */
export function createTurns(): InTurn {
  const places = new Map<string, Place>();

  return (name, isAlone, work) => {
    const place = places.get(name) ?? { lastAlone: Promise.resolve(), together: new Set() };
    places.set(name, place);
    const before = isAlone ? [place.lastAlone, ...place.together] : [place.lastAlone];
    const turn = Promise.all(before).then(work);
    const isOver: Promise<unknown> = Promise.allSettled([turn]).then(() =>
      place.together.delete(isOver),
    );
    if (isAlone) {
      place.lastAlone = isOver;
      place.together.clear();
    } else place.together.add(isOver);
    return turn;
  };
}
